"""Sealed papers are given out to whom may get them, for a reason that the delegate reads, once."""

import hashlib
import io
import re
import uuid
import zipfile
from typing import Any

import pytest
import sqlalchemy as sa

from tests.database.test_migrations import refused
from tests.factories import papers as handed
from tests.factories import travel
from tests.factories.papers import CANARIES
from tests.participation.papers.test_papers import delegate_of, everything_in_clear
from tests.participation.travel.test_papers import made
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, shifted, today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.disclosing import queries, services
from tracker.participation.disclosing.lifecycle import MAY_GET, How, Recipient, fields_of, not_for, read_fields
from tracker.participation.disclosing.models import Disclosure
from tracker.participation.disclosing.services import TAKEN_WITHIN, Asked
from tracker.participation.models import Delegate
from tracker.participation.papers import services as papers
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.models import DelegatePapers, PaperOpening
from tracker.participation.papers.services.keeping import COLUMNS, holder_of
from tracker.participation.seats.models import Seat
from tracker.sealing import archives
from tracker.sealing import services as sealing
from tracker.sealing.columns import Purpose
from tracker.sealing.services import Erased, destroy

NUMBER = (Paper.PASSPORT, "number")
IBAN = (Paper.PAYMENT, "iban")


@pytest.fixture
def scene(app):
    scene = travel.confirmed("KEN", "BTN", costs=(20_00, 5_00))
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    return scene


def asked(**said: Any) -> Asked:
    usual = {"recipient": "agency", "name": "Agency Ltd", "fields": (NUMBER,), "reason": "APIS.", "how": "screen"}
    return Asked(**{**usual, **said})


def give_out(scene: Any, *, actor: Any = None, people: Any = None, **said: Any) -> uuid.UUID:
    people = [person_in(scene.seats["KEN"])] if people is None else people
    by = actor or scene.travel.actor
    return uuid.UUID(services.disclose(scene.code, people, actor=by, asked=asked(**said)))


def person_in(seat: uuid.UUID) -> uuid.UUID:
    """The public id of whoever sits in a seat."""
    found = sa.select(Delegate.public_id).join(Seat, Seat.delegate_id == Delegate.id)
    public_id = db.session.scalars(found.where(Seat.public_id == seat)).one()
    db.session.rollback()
    return public_id


def test_who_left_the_seat_is_given_out_no_more(scene):
    left = person_in(scene.seats["KEN"])
    handed.another_sits_in(scene.seats["KEN"])
    with pytest.raises(NotFound):
        give_out(scene, people=[left])


def test_what_each_may_get_by_the_table():
    bank = [recipient for recipient in Recipient if Paper.PAYMENT in MAY_GET[recipient]]
    assert bank == [Recipient.FINANCE]
    assert not_for(Recipient.FINANCE, fields_of(Recipient.FINANCE)) == ()
    assert not_for(Recipient.FINANCE, [NUMBER, IBAN]) == (NUMBER,)
    assert not_for(Recipient.AGENCY, [NUMBER, IBAN]) == (IBAN,)
    assert read_fields(["payment.iban", "passport.number", "passport.name", "x"]) == (NUMBER, IBAN)


def test_it_is_taken_once_by_whoever_wrote_it_down_and_in_the_way_that_was_said(scene):
    given = give_out(scene, fields=(NUMBER, (Paper.VISA, "number")))
    with pytest.raises(Conflict):
        services.take(given, actor=scene.donors.finance.actor, how=How.SCREEN)
    with pytest.raises(Conflict):
        services.take(given, actor=scene.travel.actor, how=How.ZIP)
    ((_name, values),) = services.take(given, actor=scene.travel.actor, how=How.SCREEN).people
    assert values == {NUMBER: "XK7710042", (Paper.VISA, "number"): "V99887766"}
    with pytest.raises(Conflict):
        services.take(given, actor=scene.travel.actor, how=How.SCREEN)
    late = give_out(scene)
    with shifted(now() + TAKEN_WITHIN), pytest.raises(Conflict):
        services.take(late, actor=scene.travel.actor, how=How.SCREEN)


def test_the_delegate_reads_to_whom_what_and_why_and_nobody_reads_values(scene):
    with transaction():
        update_where(DelegatePapers, sa.true(), visa=None, visa_on=None)
    give_out(scene, fields=(NUMBER, (Paper.VISA, "number")))
    ((told),) = queries.given_out_of(delegate_of(scene.seats["KEN"]))
    assert (told.recipient, told.recipient_name, told.reason) == ("agency", "Agency Ltd", "APIS.")
    assert (list(told.fields), list(told.papers), told.taken) == (["passport.number"], ["passport"], False)
    assert made("participation.papers_disclosed") == ["participation.papers_disclosed"]
    clear = everything_in_clear()
    assert not any(canary.casefold() in clear.casefold() for canary in CANARIES)


def test_nothing_is_given_out_without(scene):
    for said, field in (
        ({"reason": " "}, "reason"),
        ({"name": ""}, "to_name"),
        ({"recipient": "press"}, "recipient"),
        ({"fields": ()}, "what"),
        ({"fields": (IBAN,)}, "what"),
        ({"how": "mail"}, "how"),
        ({"people": []}, "people"),
    ):
        with pytest.raises(Invalid) as refused:
            give_out(scene, **said)
        assert list(refused.value.fields) == [field]


def test_who_gives_out_and_to_whom(scene):
    finance, manager = scene.donors.finance.actor, scene.donors.manager.actor
    with pytest.raises(Forbidden):
        give_out(scene, actor=finance)
    with pytest.raises(Forbidden):
        give_out(scene, actor=manager)
    assert give_out(scene, actor=finance, recipient="finance", fields=(IBAN,))
    with pytest.raises(NotFound):  # nothing was handed in for it
        give_out(scene, people=[person_in(scene.seats["KEN"]), person_in(scene.seats["BTN"])])
    with pytest.raises(Forbidden):
        give_out(scene, actor=scene.cases["KEN"].authority)


def test_a_zip_with_a_password_that_is_shown_once_and_kept_nowhere(app, scene):
    officer, address = sign_in(app.test_client(), scene.travel), f"/sessions/{scene.code}/travel/give-out"
    assert address in officer.get(f"/sessions/{scene.code}/travel").text
    typed = {"people": [str(person_in(scene.seats["KEN"]))], "recipient": "host", "to_name": "Host", "how": "zip"}
    typed |= {"reason": "Badge."}
    refused = officer.post(address, data=hidden(officer.get(address).text) | typed | {"what": ["payment.iban"]})
    assert refused.status_code == 422
    assert "This recipient does not get everything that is ticked." in words_of(refused)
    form = hidden(officer.get(address).text) | typed | {"what": ["passport.number", "access.needs"]}
    page = officer.post(address, data=form)
    assert page.headers["Cache-Control"] == "no-store"
    password = re.search(r'<bdi class="keep" dir="ltr">([a-z0-9-]{29})</bdi>', page.text).group(1)
    action = re.search(r'action="([^"]*/zip)"', page.text).group(1)
    assert officer.post(action, data=hidden(page.text) | {"made_with": "weak"}).status_code == 422
    answer = officer.post(action, data=hidden(page.text))
    assert answer.content_type == "application/zip"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert _opened(answer.data, password).count("XK7710042") == 1
    assert "sign language canary" in _opened(answer.data, password)
    assert officer.post(action, data=hidden(page.text)).status_code == 409
    assert password not in everything_in_clear()
    assert "Host" in words_of(officer.get(f"/seats/{scene.seats['KEN']}/papers"))


def _opened(packed: bytes, password: str) -> str:
    """The first file of the ZIP, decrypted with the password."""
    name_length, extra_length = packed[26], packed[28]
    size = int.from_bytes(packed[18:22], "little")
    start = 30 + name_length + extra_length
    sealed = packed[start : start + size]
    keys = hashlib.pbkdf2_hmac("sha1", password.encode(), sealed[:16], 1_000, 66)
    assert keys[64:] == sealed[16:18]
    with zipfile.ZipFile(io.BytesIO(archives._counted(keys[:32], sealed[18:-10]))) as workbook:
        return workbook.read("xl/sharedStrings.xml").decode()


def test_read_on_the_screen_once(app, scene):
    finance, address = sign_in(app.test_client(), scene.donors.finance), f"/sessions/{scene.code}/travel/give-out"
    typed = {
        "people": [str(person_in(scene.seats["KEN"]))],
        "recipient": "finance",
        "to_name": "Accounts",
        "how": "screen",
    }
    form = hidden(finance.get(address).text) | typed | {"what": ["payment.iban"], "reason": "To make a payee."}
    shown = finance.post(address, data=form)
    assert "DE89370400440532013000" in shown.text
    assert "XK7710042" not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    again = finance.post(address, data=form)
    assert again.status_code == 409
    assert "DE89" not in again.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Disclosure)) == 1


def test_of_strictly_confidential_requests_a_manager_gives_out(scene):
    with transaction():
        update_where(AssistanceRequest, sa.true(), marking="strictly_confidential")
    finance = {"recipient": "finance", "fields": (IBAN,)}
    for actor, said in ((scene.travel.actor, {}), (scene.donors.finance.actor, finance)):
        with pytest.raises((Forbidden, NotFound)):
            give_out(scene, actor=actor, **said)
    manager = scene.donors.manager.actor
    given = give_out(scene, actor=manager, **finance)
    ((_name, values),) = services.take(given, actor=manager, how=How.SCREEN).people
    assert values == {IBAN: "DE89370400440532013000"}


def test_what_was_erased_before_it_was_taken_is_not_given_out(app, scene):
    given, whose = give_out(scene), delegate_of(scene.seats["KEN"])
    with transaction():
        destroy(holder_of(whose), Purpose.JOURNEY)
    with pytest.raises(Erased):  # its row is there in a backup that was restored
        services.take(given, actor=scene.travel.actor, how=How.SCREEN)
    gone = dict.fromkeys(COLUMNS.values())
    with transaction():
        update_where(DelegatePapers, DelegatePapers.delegate_id == whose, erased_on=today(), **gone)
    ((_name, values),) = services.take(given, actor=scene.travel.actor, how=How.SCREEN).people
    assert values == {}


def test_what_was_written_down_of_givings_out_and_openings_stays(scene):
    """Neither changed nor deleted, nor taken a second time; the record shows that it is as it was."""
    seat, officer = scene.seats["KEN"], scene.travel.actor
    services.take(give_out(scene), actor=officer, how=How.SCREEN)
    give_out(scene, reason="Once more.")
    papers.open_papers(seat, actor=officer, version=None, papers=["passport"], reason="To look.")
    opening = papers.open_papers(seat, actor=officer, version=None, papers=["visa"], reason="To look again.")
    papers.show_once(opening, actor=officer)
    changes = {
        "papers_handed_in": ("source = 'x'",),
        "disclosed_people": ("papers = '[]'",),
        "paper_openings": ("reason = 'x'", "papers = '[]'", "opened_by_id = NULL", "shown_at = NULL"),
        "disclosures": ("reason = 'x'", "recipient_name = 'x'", "fields = '[]'", "taken_at = NULL"),
    }
    statements = [f"UPDATE {table} SET {change}" for table, sets in changes.items() for change in sets]
    statements += [f"DELETE FROM {table}" for table in changes]
    assert [statement for statement in statements if not refused(statement)] == []
    marks = {"participation.papers_disclosed": "said_mark", "participation.papers_opened": "reason_mark"}
    for name, marked in marks.items():
        events = db.session.scalars(sa.select(Event).where(Event.name == name)).all()
        assert len(events) == 2
        for event in events:
            if marked == "said_mark":
                said: Any = services.said_of(db.session.get(Disclosure, event.data["disclosure_id"]))
            else:
                said = db.session.get(PaperOpening, event.data["opening_id"]).reason
            assert sealing.agrees(said, event.data[marked])
            assert not sealing.agrees("Another reason.", event.data[marked])
    db.session.rollback()
