"""What is handed in for a journey: by whom, what is doubted, that it is read for a reason only, and that it goes."""

import json
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import papers as handed
from tests.factories import travel
from tests.factories.accounts import person
from tests.factories.papers import CANARIES, a_passport, a_visa, an_account, by_office
from tests.participation.travel.test_papers import made
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.papers import contents, queries, services
from tracker.participation.papers.contents import Visa
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor
from tracker.sealing.envelopes import Unreadable

DAY = timedelta(days=1)


@pytest.fixture
def scene(app):
    scene = travel.confirmed("KEN", "BTN", costs=(20_00, 5_00))
    with transaction():
        for state, seat in scene.seats.items():
            whose = sa.select(Seat.delegate_id).where(Seat.public_id == seat).scalar_subquery()
            update_where(Delegate, Delegate.id == whose, nationality_iso3=state, payer_visa="fund")
    return scene


def delegate_of(seat: uuid.UUID) -> int:
    found = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == seat)).one()
    db.session.rollback()
    return found


def read(scene: Any, state: str = "KEN") -> queries.PapersOf:
    found = queries.get(scene.seats[state], scene.travel.actor)
    assert found.journey.person.name
    return found


def hand_in(scene: Any, *, state: str = "KEN", by: Any = None, actor: Any = None, **said: Any) -> None:
    named = {"actor": actor or scene.travel.actor, "version": None, "by": by or by_office()}
    services.hand_in_passport(scene.seats[state], passport=a_passport(family_name=state, **said), **named)


def everything_in_clear() -> str:
    """All rows of all tables, but for ciphertext."""
    with db.engine.connect() as connection:
        rows = [
            str(value)
            for table in db.metadata.sorted_tables
            for row in connection.execute(sa.select(table))
            for value in row
            if not isinstance(value, bytes)
        ]
    return "\n".join(rows)


def raw_bytes() -> bytes:
    """What the sealed columns hold."""
    with db.engine.connect() as connection:
        rows = connection.execute(sa.select(DelegatePapers.__table__))
        return b"".join(value for row in rows for value in row if isinstance(value, bytes))


def test_nothing_that_is_handed_in_stands_anywhere_in_clear(scene, capsys, caplog):
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    services.open_papers(
        scene.seats["KEN"], version=None, actor=scene.travel.actor, papers=list(Paper), reason="To buy the ticket."
    )
    clear, sealed, said = everything_in_clear(), raw_bytes(), "".join(capsys.readouterr()) + caplog.text
    assert "Copy, by mail of the ministry" in clear  # so the rows were looked at
    assert len(sealed) > 4 * 256
    for canary in CANARIES:
        assert canary.casefold() not in clear.casefold()
        assert canary.encode() not in sealed
        assert canary not in said
    assert "XK77" not in repr(a_passport())


def test_a_body_that_was_sent_is_remembered_by_a_mark_from_which_nobody_can_guess_it(scene):
    from tracker.database.canonical import canonical

    mark = canonical(a_passport())
    assert canonical(a_passport()) == mark
    assert canonical(a_passport(number="XK7710043")) != mark
    assert len(mark) == 64
    assert "XK77" not in json.dumps(mark)


def test_what_is_missing_is_known_by_its_name(scene):
    found = read(scene)
    assert found.missing == (Paper.PASSPORT, Paper.VISA, Paper.PAYMENT)
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    found = read(scene)
    assert found.missing == ()
    assert found.handed_in == dict.fromkeys(Paper, today())
    assert found.papers.pays_by == "transfer"
    with pytest.raises(sa.exc.InvalidRequestError):
        assert found.papers.passport


def test_it_is_read_once_for_a_reason_that_the_delegate_reads(scene):
    seat, officer = scene.seats["KEN"], scene.travel
    handed.all_handed_in(seat, officer)
    act = {"actor": officer.actor, "papers": ["passport", "payment"]}
    with pytest.raises(Invalid) as refused:
        services.open_papers(seat, version=None, reason="  ", **act)
    assert list(refused.value.fields) == ["reason"]
    opening = services.open_papers(seat, version=None, reason="The agency asks for the number.", **act)
    with pytest.raises(Conflict):
        services.show_once(opening, actor=scene.donors.manager.actor)
    shown = services.show_once(opening, actor=officer.actor)
    assert shown[Paper.PASSPORT]["number"] == "XK7710042"
    assert shown[Paper.PAYMENT]["iban"] == "DE89370400440532013000"
    assert set(shown) == {Paper.PASSPORT, Paper.PAYMENT}
    with pytest.raises(Conflict):
        services.show_once(opening, actor=officer.actor)
    late = services.open_papers(seat, version=None, reason="Once more.", **act)
    with shifted(now() + timedelta(minutes=6)), pytest.raises(Conflict):
        services.show_once(late, actor=officer.actor)
    told = queries.openings_of(delegate_of(seat))
    assert [(one.reason, one.papers, bool(one.who)) for one in told] == [
        ("Once more.", ["passport", "payment"], True),
        ("The agency asks for the number.", ["passport", "payment"], True),
    ]
    assert made("participation.papers_opened") == ["participation.papers_opened"] * 2


def test_nobody_else_of_the_office_enters_or_opens_it(scene):
    hand_in(scene)
    for role in ("programme_manager", "finance_officer", "triage_officer", "auditor"):
        other = person(role).actor
        with pytest.raises(Forbidden):
            services.open_papers(scene.seats["KEN"], version=None, actor=other, papers=["passport"], reason="Curious.")
        with pytest.raises(Forbidden):
            hand_in(scene, actor=other)
    with pytest.raises(NotFound):
        services.open_papers(
            scene.seats["KEN"], version=None, actor=scene.cases["BTN"].authority, papers=["passport"], reason="Curious."
        )


def test_the_delegate_and_their_helper_hand_in_for_their_own_seat(scene):
    seat, own = scene.seats["KEN"], delegate_of(scene.seats["KEN"])
    for by in (contents.delegate(own), contents.helper(own)):
        services.hand_in_passport(seat, actor=Actor.anonymous, version=None, passport=a_passport(), by=by)
    for stranger in (contents.delegate(delegate_of(scene.seats["BTN"])), contents.helper(0)):
        with pytest.raises(NotFound):
            services.hand_in_passport(seat, actor=Actor.anonymous, version=None, passport=a_passport(), by=stranger)
    with pytest.raises(NotFound):  # an officer's word needs an officer
        services.hand_in_passport(seat, actor=Actor.anonymous, version=None, passport=a_passport(), by=by_office())
    pay = {"actor": Actor.anonymous, "version": None, "payment": an_account()}
    with pytest.raises(Forbidden):
        services.choose_payment(seat, by=contents.helper(own), **pay)
    services.choose_payment(seat, by=contents.delegate(own), **pay)
    assert queries.latest_of(own)["payment"].by == "delegate"
    assert queries.latest_of(own)["passport"].by == "helper"
    assert made("participation.paper_handed_in") == ["participation.paper_handed_in"] * 3


def test_an_officer_says_where_it_came_from(scene):
    for wrong, field in (({"source": " "}, "source"), ({"received_on": today() + DAY}, "received_on")):
        with pytest.raises(Invalid) as refused:
            hand_in(scene, by=by_office(**wrong))
        assert list(refused.value.fields) == [field]
    hand_in(scene)
    last = queries.latest_of(delegate_of(scene.seats["KEN"]))["passport"]
    assert (last.source, last.received_on) == ("Copy, by mail of the ministry", today())


def test_what_does_not_agree_is_kept_and_the_officer_decides(scene):
    seat, act = scene.seats["KEN"], {"actor": scene.travel.actor, "version": None}
    hand_in(scene)
    assert read(scene).papers.to_decide == []
    with pytest.raises(Forbidden):
        services.accept_passport(seat, **act)
    hand_in(scene, given_name="Awa Maria", valid_until=today() + DAY, nationality="UGA")
    assert read(scene).papers.to_decide == ["name", "nationality", "validity"]
    with pytest.raises(Stale):
        services.accept_passport(seat, actor=scene.travel.actor, version=1)
    services.accept_passport(seat, **act)
    assert read(scene).papers.to_decide == []
    hand_in(scene, given_name="Awa Maria")
    assert read(scene).papers.to_decide == ["name"]


def test_an_account_that_cannot_be_paid_is_refused(scene):
    act = {"actor": scene.travel.actor, "version": None, "by": by_office()}
    for said, field in (
        ({"holder": ""}, "account_holder"),
        ({"bank": ""}, "bank_name"),
        ({"iban": ""}, "iban"),
        ({"account": "123"}, "iban"),
        ({"iban": "DE88370400440532013000"}, "iban"),
        ({"bic": "COBA"}, "bic"),
        ({"iban": "", "account": "0112233", "bic": ""}, "bic"),
        ({"currency": "EURO"}, "account_currency"),
        ({"by": "cheque"}, "how"),
    ):
        with pytest.raises(Invalid) as refused:
            services.choose_payment(scene.seats["KEN"], payment=an_account(**said), **act)
        assert list(refused.value.fields) == [field]


def test_a_passport_that_is_none_is_refused(scene):
    act = {"actor": scene.travel.actor, "version": None, "by": by_office()}
    for said, field in (
        ({"number": "?"}, "passport_number"),
        ({"family_name": " "}, "passport_family_name"),
        ({"issued_by": ""}, "issued_by"),
        ({"nationality": "XXX"}, "passport_nationality"),
        ({"born_on": date(2999, 1, 1)}, "born_on"),
        ({"valid_until": date(2020, 1, 1)}, "passport_valid_until"),
    ):
        with pytest.raises(Invalid) as refused:
            services.hand_in_passport(scene.seats["KEN"], passport=a_passport(**said), **act)
        assert list(refused.value.fields) == [field]


def test_a_visa_covers_the_days_of_the_journey(scene):
    seat, act = scene.seats["KEN"], {"actor": scene.travel.actor, "version": None, "by": by_office()}
    person = read(scene).journey.person
    arrives, leaves = person.arrives_on, person.leaves_on
    for said, field in (
        ({"number": ""}, "visa_number"),
        ({"valid_from": None}, "visa_valid_from"),
        ({"valid_until": None}, "visa_valid_until"),
        ({"valid_from": arrives + DAY}, "visa_valid_from"),
        ({"valid_until": leaves - DAY}, "visa_valid_until"),
    ):
        with pytest.raises(Invalid) as refused:
            services.hand_in_visa(seat, visa=a_visa(**said), **act)
        assert list(refused.value.fields) == [field]
    services.hand_in_visa(seat, visa=Visa(needed=False), **act)
    assert read(scene).missing == (Paper.PASSPORT, Paper.PAYMENT)


def test_who_chooses_to_be_paid_on_arrival_leaves_no_account(scene):
    seat, act = scene.seats["KEN"], {"actor": scene.travel.actor, "version": None, "by": by_office()}
    services.choose_payment(seat, payment=an_account(), **act)
    services.choose_payment(seat, payment=contents.Payment("arrival"), **act)
    assert raw_bytes() == b""
    assert contents_of(delegate_of(seat), [Paper.PAYMENT]) == {Paper.PAYMENT: {"by": "arrival"}}


def test_papers_moved_to_another_person_do_not_open(scene):
    for state in ("KEN", "BTN"):
        hand_in(scene, state=state)
    kenya, bhutan = (delegate_of(scene.seats[state]) for state in ("KEN", "BTN"))
    with transaction() as session:
        theirs = session.scalars(sa.select(DelegatePapers.passport).where(DelegatePapers.delegate_id == bhutan)).one()
        update_where(DelegatePapers, DelegatePapers.delegate_id == kenya, passport=theirs)
    with pytest.raises(Unreadable):
        contents_of(kenya, [Paper.PASSPORT])
    assert contents_of(bhutan, [Paper.PASSPORT])[Paper.PASSPORT]["number"] == "XK7710042"


def test_it_is_asked_once_the_seat_is_confirmed_and_until_it_is_settled(scene):
    with transaction():
        update_where(Seat, Seat.public_id == scene.seats["KEN"], status="selected")
    with pytest.raises(Forbidden):
        hand_in(scene)


def test_the_travel_desk_counts_what_was_not_handed_in_until_the_officer_says_it_is_complete(scene):
    from tracker.participation.travel.services import Papers, record_papers

    seat, act = scene.seats["KEN"], {"actor": scene.travel.actor, "version": None}
    assert read(scene).journey.lacks("passport")
    assert read(scene).journey.lacks("payment")
    hand_in(scene)
    assert not read(scene).journey.lacks("passport")
    assert read(scene).journey.lacks("payment")
    record_papers(seat, papers=Papers(today(), None, None), **act)
    assert not read(scene).journey.lacks("passport", "payment")
