"""More money for a line of a seat: one person proposes it, somebody else confirms it, and the ledger agrees."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import offers as offering
from tests.factories import pledges as make
from tests.factories import seats as seating
from tests.pledges.forms import fields_of, words_of
from tests.pledges.test_races import at_once
from tracker.accounts.models import Membership, MembershipRole
from tracker.assistance.authorisation.services import withdraw
from tracker.assistance.models import Recusal
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.offers.services import answering
from tracker.pledges import queries, services, verification
from tracker.pledges.models import Allocation, SeatLine
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.queries import count_waiting
from tracker.pledges.proposed_acts.top_up import More, propose_top_up
from tracker.pledges.services.seats import Moved, free_seat


@pytest.fixture
def kenya(app):
    return seating.eligible()


@pytest.fixture
def pledge(people):
    return make.funded(people, make.terms(100_00))


@pytest.fixture
def allocation(people, kenya, pledge):
    """The money of a seat: USD 30 for the ticket, 20 for the allowance."""
    seating.given(people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00), (pledge, 20_00))])
    return column(Allocation.public_id)[0]


def column(one, *where):
    db.session.rollback()
    found = db.session.scalars(sa.select(one).where(*where).order_by(one.class_.id)).all()
    db.session.rollback()
    return list(found)


def proposed(people, allocation, pledge, amount=9_00, by=None, line="fare") -> uuid.UUID:
    act = propose_top_up(
        allocation,
        actor=(by or people.manager).actor,
        more=More(line, pledge, amount, "The ticket costs more."),
        key=str(uuid.uuid4()),
    )
    db.session.rollback()
    return uuid.UUID(act)


def confirm(people, act, by=None, version=1):
    acts.confirm(act, actor=(by or people.finance).actor, version=version)


def money_of(request) -> tuple[int, int]:
    db.session.rollback()
    found = queries.funding_of([request.id])[request.id]
    assert verification.verify().first_wrong is None
    db.session.rollback()
    return found.approved_minor, found.allocated_minor


def test_a_dearer_ticket_is_refused_topped_up_and_paid(people, kenya, pledge, allocation):
    finance = people.finance.actor
    ticket = seating.payment(allocation, 39_00)
    with pytest.raises(Invalid) as refusal:
        services.disburse(allocation, actor=finance, payment=ticket)
    assert "USD\u00a09 is missing" in str(refusal.value.fields["amount"])
    act = proposed(people, allocation, pledge)
    assert money_of(kenya) == (50_00, 50_00)
    confirm(people, act)
    assert money_of(kenya) == (59_00, 59_00)
    assert column(Allocation.amount_minor) == [59_00]
    assert column(SeatLine.approved_minor, SeatLine.kind == "fare") == [39_00]
    services.disburse(allocation, actor=finance, payment=ticket)
    assert money_of(kenya) == (59_00, 59_00)


def test_another_pledge_that_suits_tops_up_in_an_allocation_of_its_own(people, kenya, pledge, allocation):
    another = make.funded(people)
    confirm(people, proposed(people, allocation, another))
    lines = column(SeatLine.approved_minor, SeatLine.kind == "fare")
    assert (lines, column(SeatLine.number, SeatLine.kind == "fare")) == ([30_00, 9_00], [1, 2])
    confirm(people, proposed(people, allocation, another, 1_00))
    assert column(SeatLine.approved_minor, SeatLine.kind == "fare") == [30_00, 10_00]
    assert column(Allocation.amount_minor) == [50_00, 10_00]
    first, second = column(Allocation.public_id)
    for of, amount in ((first, 30_00), (second, 10_00)):
        services.disburse(of, actor=people.finance.actor, payment=seating.payment(of, amount, "TICKET-1"))
    assert money_of(kenya) == (60_00, 60_00)
    earmarked = make.funded(people, make.terms(50_00, earmarks=[make.Rule("states", ("BTN",))]))
    with pytest.raises(Conflict, match="for other States"):
        proposed(people, allocation, earmarked)


def test_it_takes_two_persons_and_the_right_ones(people, kenya, pledge, allocation):
    act = proposed(people, allocation, pledge)
    manager_and_finance = accounts.person("programme_manager", of="UNODC")
    for by, code in ((people.manager, "role"), (manager_and_finance, "role"), (people.officer, None)):
        with pytest.raises(Forbidden if code else NotFound) as refusal:
            confirm(people, act, by=by)
        assert code is None or refusal.value.refusal.code == code
    with pytest.raises(Forbidden):
        proposed(people, allocation, pledge, by=people.finance, line="allowance")
    with pytest.raises(Conflict, match="proposed already"):
        proposed(people, allocation, pledge)
    with pytest.raises(Forbidden, match="whoever proposed"):
        acts.take_back(act, actor=people.finance.actor, version=1)
    acts.refuse_act(act, actor=people.finance.actor, version=1, reason="Too dear.")
    with pytest.raises(Forbidden, match="answered already"):
        confirm(people, act, version=2)
    again = proposed(people, allocation, pledge)
    acts.take_back(again, actor=people.manager.actor, version=1)
    assert column(ProposedAct.status) == ["refused", "taken_back"]
    assert money_of(kenya) == (50_00, 50_00)


def test_what_moved_meanwhile_stops_it_whole(people, kenya, pledge, allocation):
    with pytest.raises(Invalid) as refusal:
        proposed(people, allocation, pledge, 50_00)
    assert "less than this" in str(refusal.value.fields["amount"])
    act, other = proposed(people, allocation, pledge), proposed(people, allocation, pledge, 38_00, line="allowance")
    confirm(people, other)
    with pytest.raises(Moved, match="the seats need USD"):
        confirm(people, act)
    assert column(ProposedAct.status) == ["waiting", "confirmed"]
    assert money_of(kenya) == (88_00, 88_00)
    seat = column(Allocation.seat_id)[0]
    with transaction():
        free_seat(seat, actor=people.manager.actor, reason="Declined.")
    with pytest.raises(Moved, match="has ended"):
        confirm(people, act)
    assert money_of(kenya) == (0, 0)


def test_what_waits_for_somebody_who_is_gone_is_taken_back_by_others(people, kenya, pledge, allocation):
    act = proposed(people, allocation, pledge)
    with transaction():
        update_where(MembershipRole, MembershipRole.membership_id == people.manager.membership_id, role="auditor")
    acts.take_back(act, actor=people.finance.actor, version=1)
    travel, other = (accounts.person("travel_officer", of="UNODC") for _ in range(2))
    act = proposed(people, allocation, pledge, by=travel)
    with pytest.raises(Forbidden, match="whoever proposed"):
        acts.take_back(act, actor=other.actor, version=1)
    with transaction():
        update_where(Membership, Membership.id == travel.membership_id, ended_at=now())
    with pytest.raises(Forbidden, match="whoever proposed"):
        acts.take_back(act, actor=accounts.person("triage_officer", of="UNODC").actor, version=1)
    acts.take_back(act, actor=other.actor, version=1)
    assert column(ProposedAct.status) == ["taken_back", "taken_back"]


def test_what_waits_ends_with_its_seat(people):
    scene = offering.ready("KEN", "BTN", donors=people)
    pledge, offers = make.funded(people), offering.offered(scene)
    allocations = column(Allocation.public_id)
    kenya, bhutan = (proposed(people, allocation, pledge) for allocation in allocations)
    answering.decline(offers["KEN"], actor=scene.cases["KEN"].authority, version=1, reason="Elections are held.")
    assert column(ProposedAct.status) == ["dropped", "waiting"]
    with transaction() as session:
        told = session.scalars(sa.select(Event).where(Event.name == "pledges.act_dropped")).one()
        assert told.data["proposed_by_id"] == people.manager.person_id
    with pytest.raises(Forbidden, match="answered already"):
        confirm(people, kenya, version=2)
    case = scene.cases["BTN"]
    withdraw(case.public_id, actor=case.authority, version=case.version, reason="Not this time.")
    assert column(ProposedAct.status) == ["dropped", "dropped"]
    assert bhutan


def test_the_figure_in_the_menu_leaves_out_what_the_reader_stands_aside_from(people, kenya, pledge, allocation):
    proposed(people, allocation, pledge)

    def figure():
        finance = people.finance.actor
        counted = count_waiting(finance)["acts"]
        found = db.session.execute(sa.select(counted), {"person_id": finance.person_id}).scalar_one()
        db.session.rollback()
        return found

    assert figure() == 1
    with transaction() as session:
        session.add(Recusal(request_id=kenya.id, person_id=people.finance.person_id, reason="A relative."))
    assert figure() == 0


def test_a_line_for_which_nothing_was_expected_is_topped_up_and_one_that_others_pay_is_not(
    app, people, kenya, pledge, sign_in
):
    seating.given(people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00), (pledge, 0))])
    allocation = column(Allocation.public_id)[0]
    manager, shown = sign_in(app.test_client(), people.manager), f"/finance/allocations/{allocation}"
    page = manager.get(shown)
    assert f"/finance/acts/top-up/{allocation}/allowance" in page.text
    assert f"/finance/acts/top-up/{allocation}/insurance" not in page.text
    assert "Insurance Somebody else pays it" in words_of(page)
    assert manager.get(f"/finance/acts/top-up/{allocation}/allowance").status_code == 200
    refused = manager.get(f"/finance/acts/top-up/{allocation}/insurance")
    assert refused.status_code == 409
    assert "Somebody else pays this line" in words_of(refused)
    assert manager.get(f"/finance/acts/top-up/{allocation}/visa").status_code == 404
    with pytest.raises(Conflict, match="Somebody else pays this line"):
        proposed(people, allocation, pledge, line="insurance")
    confirm(people, proposed(people, allocation, pledge, line="allowance"))
    assert column(SeatLine.approved_minor, SeatLine.kind == "allowance") == [9_00]
    assert money_of(kenya) == (39_00, 39_00)
    assert "Nothing is approved for it" not in words_of(manager.get(shown))


def test_of_two_who_confirm_at_once_one_does(app, people, kenya, pledge, allocation):
    act = proposed(people, allocation, pledge)
    two = (people.finance, people.other_finance)
    found = at_once(app, *(lambda who=who: confirm(people, act, by=who) for who in two))
    assert [one for one in found if one is None] == [None]
    assert all(isinstance(one, Stale | Forbidden) for one in found if one is not None)
    assert money_of(kenya) == (59_00, 59_00)


def test_the_pages_from_the_line_to_the_confirmation(app, people, kenya, pledge, allocation, sign_in):
    manager, finance = (sign_in(app.test_client(), one) for one in (people.manager, people.finance))
    address = f"/finance/acts/top-up/{allocation}/fare"
    assert address in manager.get(f"/finance/allocations/{allocation}").text
    assert address not in finance.get(f"/finance/allocations/{allocation}").text
    page = manager.get(address)
    assert "USD 30 is approved for this line" in words_of(page)
    typed = fields_of(page.text) | {"amount": "9", "pledge": str(pledge), "reason": "Dearer."}
    first, second = (manager.post(address, data=typed) for _ in range(2))
    assert first.status_code == 302
    assert first.location == second.location
    assert "USD 9 more for seat 1, line “Ticket”" in words_of(finance.get("/finance/acts"))
    assert "Take it back" in words_of(manager.get(first.location))
    assert manager.post(address, data=typed | {"key": str(uuid.uuid4()), "pledge": "x"}).status_code == 422
    assert "USD 9 more" in words_of(finance.get(f"/finance/allocations/{allocation}"))
    answer = f"{first.location}/confirm"
    form = fields_of(finance.get(answer).text)
    assert [finance.post(answer, data=form).location for _ in range(2)] == [first.location] * 2
    assert "Confirmed" in words_of(finance.get(first.location))
    assert money_of(kenya) == (59_00, 59_00)
