"""One seat: what is due is counted again, somebody else settles it, and the money that is left goes back."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories.settling import CODE, DAILY, ESTIMATE, NIGHTS, PLANNED, allocation_of, move, read
from tests.factories.settling import provided as given
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.notifications import queries as notifications
from tracker.participation.board.money import paying_for
from tracker.participation.seats.models import Seat
from tracker.participation.settling import services
from tracker.participation.settling.lifecycle import Billed, Entry, Spent
from tracker.pledges import verification
from tracker.pledges.models import LedgerAccount, RequestFunding
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.top_up import More, propose_top_up
from tracker.reference import queries as reference

PAID = {"fare": 780_00, "allowance": PLANNED, "terminals": 152_00}
FARE = {"fare": Billed(780_00, "INV-1")}


def spent(scene, *, nights: int = NIGHTS, **provided: int) -> Spent:
    return Spent(scene.first_day, scene.first_day + timedelta(nights), given(scene.first_day, **provided))


def enter(scene, seat, entry: Entry) -> None:
    services.enter(seat, actor=scene.travel.actor, version=None, entry=entry)


def settle(scene, seat) -> int:
    seen = read(scene, seat).total("owed_minor")
    back = services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=seen)
    assert verification.verify().first_wrong is None
    db.session.rollback()
    return back


def held_and_paid() -> dict[str, int]:
    rows = db.session.execute(
        sa.select(LedgerAccount.kind, sa.func.sum(LedgerAccount.balance_minor))
        .where(LedgerAccount.kind.in_(("held", "paid")))
        .group_by(LedgerAccount.kind)
    )
    found = {kind: int(balance) for kind, balance in rows}
    db.session.rollback()
    return found


def test_where_nothing_differs_what_was_not_spent_goes_back(scene):
    seat = scene.seat(**PAID)
    enter(scene, seat, Entry(spent(scene), FARE))
    one = read(scene, seat)
    assert {line.kind: line.due_minor for line in one.lines} == {**PAID, "contingency": 0}
    assert not one.differs
    assert settle(scene, seat) == ESTIMATE["contingency"]
    assert read(scene, seat).is_settled
    assert read(scene, seat).person.status == "settled"
    assert held_and_paid() == {"held": 0, "paid": sum(PAID.values())}
    funding = db.session.scalars(sa.select(RequestFunding)).one()
    assert funding.seats_minor == funding.allocated_minor == sum(PAID.values())


def test_who_left_a_day_earlier_is_due_a_day_less_and_owes_it_through_the_state(scene):
    seat = scene.seat(**PAID)
    earlier = Entry(spent(scene, nights=NIGHTS - 1), FARE)
    with pytest.raises(Invalid) as refused:
        enter(scene, seat, earlier)
    assert "remark" in refused.value.fields
    db.session.rollback()
    enter(scene, seat, replace(earlier, remark="Left on the last day of the session."))
    one = read(scene, seat)
    assert [(line.kind, line.owed_minor) for line in one.owed] == [("allowance", DAILY)]
    settle(scene, seat)
    one = read(scene, seat)
    assert [(line.kind, line.owed_minor, line.owes) for line in one.owed] == [("allowance", DAILY, "state")]
    scene.recover(seat, DAILY, "allowance")
    assert not read(scene, seat).owed
    assert verification.verify().first_wrong is None
    # The allocation has closed: what comes back is the pledge's at once.
    assert held_and_paid() == {"held": 0, "paid": sum(PAID.values()) - DAILY}


def test_what_was_provided_is_taken_off_each_of_its_days(scene):
    seat = scene.seat(**PAID)
    provided = spent(scene, lunch=5, lodging=NIGHTS)
    enter(scene, seat, Entry(provided, FARE, "Lodging was provided by the host."))
    due = {line.kind: line.due_minor for line in read(scene, seat).lines}
    assert due["allowance"] == PLANNED - NIGHTS * DAILY // 2 - 5 * DAILY // 10


def test_what_is_due_is_paid_before_the_seat_is_settled(scene):
    seat = scene.seat(fare=780_00, terminals=152_00)
    enter(scene, seat, Entry(spent(scene), FARE))
    with pytest.raises(Conflict, match="to be paid first"):
        services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    db.session.rollback()
    scene.pay(seat, PLANNED, "allowance")
    settle(scene, seat)
    assert read(scene, seat).is_settled


@pytest.mark.parametrize("stands", ["no_show", "cancelled"])
def test_who_did_not_travel_has_the_ticket_as_cost_and_owes_the_allowance(scene, stands):
    seat = scene.seat(stands, fare=780_00, allowance=1_000_00)
    enter(scene, seat, Entry(Spent(), {"fare": Billed(500_00, "INV-1")}, "Fell ill before the flight."))
    one = read(scene, seat)
    assert {line.kind: line.due_minor for line in one.lines} == {
        "fare": 500_00,
        "allowance": 0,
        "terminals": 0,
        "contingency": 0,
    }
    settle(scene, seat)
    owed = {line.kind: (line.owed_minor, line.owes) for line in read(scene, seat).owed}
    assert owed == {"fare": (280_00, "payee"), "allowance": (1_000_00, "state")}


def test_where_the_state_bears_it_all_that_was_paid_is_asked_of_the_state(scene):
    seat = scene.seat("no_show", fare=780_00, allowance=1_000_00)
    enter(scene, seat, Entry(Spent(), FARE, "Did not come."))
    with transaction():
        update_where(Seat, Seat.public_id == seat, cause="no_reason", borne_by="state", reason=None)
    with pytest.raises(Forbidden, match="enter it again"):
        services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    db.session.rollback()
    enter(scene, seat, Entry(Spent(), remark="No reason was given."))
    settle(scene, seat)
    owed = {line.kind: (line.owed_minor, line.owes) for line in read(scene, seat).owed}
    assert owed == {"fare": (780_00, "state"), "allowance": (1_000_00, "state")}


def test_two_persons_and_only_these_roles(scene):
    seat = scene.seat(**PAID)
    entry = Entry(spent(scene), FARE)
    with pytest.raises(Forbidden, match="Only a travel officer"):
        services.enter(seat, actor=scene.finance.actor, version=None, entry=entry)
    db.session.rollback()
    with pytest.raises(Forbidden, match="enters first"):
        services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    db.session.rollback()
    enter(scene, seat, entry)
    for actor in (scene.travel.actor, scene.manager.actor):
        with pytest.raises(Forbidden, match="Only a finance officer"):
            services.settle(seat, actor=actor, version=None, seen_minor=0)
        db.session.rollback()


def test_what_changed_meanwhile_and_what_is_settled_takes_no_more(scene):
    seat = scene.seat(**PAID)
    seen = read(scene, seat).seat.version
    enter(scene, seat, Entry(spent(scene), FARE))
    with pytest.raises(Stale):
        services.settle(seat, actor=scene.finance.actor, version=seen, seen_minor=0)
    db.session.rollback()
    settle(scene, seat)
    with pytest.raises(Forbidden, match="settled already"):
        enter(scene, seat, Entry(spent(scene), FARE))
    db.session.rollback()
    going = scene.seat("confirmed")
    with pytest.raises(Forbidden, match="not over"):
        enter(scene, going, Entry(spent(scene), FARE))
    db.session.rollback()
    move(going, "cancel")
    with pytest.raises(Forbidden, match="nothing to settle"):
        enter(scene, going, Entry(Spent(), FARE))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("leaves_on", {"leaves_on": timedelta(-1)}),
        ("leaves_on", {"leaves_on": timedelta(400)}),
        ("arrives_on", {"arrives_on": None}),
        ("provided", {"provided": {"lunch": 8}}),
        ("provided", {"provided": {"lodging": 7}}),
    ],
)
def test_days_that_cannot_be_are_refused_at_their_field(scene, field, said):
    seat = scene.seat(**PAID)
    facts = {name: scene.first_day + days if isinstance(days, timedelta) else days for name, days in said.items()}
    facts |= {name: given(scene.first_day, **counts) for name, counts in said.items() if isinstance(counts, dict)}
    with pytest.raises(Invalid) as refused:
        enter(scene, seat, Entry(replace(spent(scene), **facts), FARE))
    assert list(refused.value.fields) == [field]


def test_a_bill_has_its_number(scene):
    seat = scene.seat(**PAID)
    with pytest.raises(Invalid) as refused:
        enter(scene, seat, Entry(spent(scene), {"fare": Billed(780_00)}))
    assert list(refused.value.fields) == ["fare_invoice"]
    db.session.rollback()
    with pytest.raises(Invalid) as refused:
        enter(scene, seat, Entry(spent(scene)))
    assert list(refused.value.fields) == ["fare_amount"]


def test_who_entered_it_does_not_settle_it_with_another_role_either(scene):
    both = accounts.person("travel_officer", "finance_officer")
    seat = scene.seat(**PAID)
    services.enter(seat, actor=both.actor, version=None, entry=Entry(spent(scene), FARE))
    with pytest.raises(Forbidden, match="somebody else settles"):
        services.settle(seat, actor=both.actor, version=None, seen_minor=0)
    db.session.rollback()
    settle(scene, seat)


def test_while_it_is_open_who_bears_the_cost_nobody_enters_or_settles(scene):
    seat = scene.seat("no_show", fare=780_00)
    enter(scene, seat, Entry(Spent(), FARE))
    with transaction():
        update_where(Seat, Seat.public_id == seat, cause="other", borne_by=None, reason="The ministry was reorganised.")
    with pytest.raises(Forbidden, match="says first who bears"):
        services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=0)
    db.session.rollback()
    with pytest.raises(Forbidden, match="says first who bears"):
        enter(scene, seat, Entry(Spent(), FARE))


def told_of_a_withdrawal(scene) -> set[int]:
    """Which finance officers hear when the request is withdrawn."""
    case = scene.cases["KEN"]
    request = db.session.get_one(AssistanceRequest, case.now.id)
    told = {one.person_id for one in notifications.audience("assistance.withdrawn", request, case.authority)}
    db.session.rollback()
    return told & {scene.finance.person_id, scene.second.person_id}


def test_a_request_is_not_withdrawn_under_a_journey_that_is_not_settled(scene):
    seat = scene.seat(fare=780_00, allowance=PLANNED, terminals=152_00)
    case = scene.cases["KEN"]
    with pytest.raises(Conflict, match="made or missed and are not settled"):
        authorisation.withdraw(case.public_id, actor=case.authority, version=None, reason="No delegation.")
    db.session.rollback()
    assert told_of_a_withdrawal(scene) == {scene.finance.person_id, scene.second.person_id}
    enter(scene, seat, Entry(Spent(scene.first_day, scene.first_day + timedelta(NIGHTS)), FARE))
    settle(scene, seat)
    assert not told_of_a_withdrawal(scene)
    authorisation.withdraw(case.public_id, actor=case.authority, version=None, reason="No delegation.")


def test_a_top_up_that_waits_ends_when_its_seat_is_settled(scene):
    seat = scene.seat(fare=780_00, allowance=PLANNED, terminals=152_00)
    more = More("fare", scene.pledge, 9_00, "The ticket costs more.")
    propose_top_up(allocation_of(seat), actor=scene.travel.actor, more=more, key=str(uuid.uuid4()))
    enter(scene, seat, Entry(spent(scene), FARE))
    settle(scene, seat)
    assert db.session.scalar(sa.select(ProposedAct.status)) == "dropped"


def test_a_claim_that_nobody_saw_is_not_raised(scene):
    seat = scene.seat("no_show", fare=780_00)
    enter(scene, seat, Entry(Spent(), FARE))
    scene.pay(seat, 100_00, "allowance")
    with pytest.raises(Conflict, match="enter it again"):
        services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=100_00)
    db.session.rollback()
    enter(scene, seat, Entry(Spent(), FARE, "The advance is asked back."))
    scene.pay(seat, 50_00, "allowance", part="advance")
    with pytest.raises(Conflict, match=r"USD\s150 is owed back now, not USD\s100:"):
        services.settle(seat, actor=scene.finance.actor, version=None, seen_minor=100_00)
    db.session.rollback()
    settle(scene, seat)


def test_what_comes_back_to_the_pledge_is_what_the_ledger_says(scene):
    seat = scene.seat("no_show", fare=780_00, allowance=1_000_00)
    enter(scene, seat, Entry(Spent(), FARE, "Did not come."))
    whole = sum(ESTIMATE.values())
    freed = settle(scene, seat)
    assert freed == whole - 1_780_00
    assert (read(scene, seat).back_minor, read(scene, seat).total("owed_minor")) == (freed, 1_000_00)
    scene.recover(seat, 400_00, "allowance")
    assert read(scene, seat).back_minor == freed + 400_00
    cancelled = scene.seat("cancelled", fare=780_00)
    assert (read(scene, cancelled).held_minor, read(scene, cancelled).back_minor) == (0, whole - 780_00)
    scene.recover(seat, 600_00, "allowance")
    scene.recover(seat, 780_00, "fare")
    assert [one.back for one in paying_for(reference.get_session(CODE), scene.manager.actor)] == [whole]


def test_a_bill_above_what_was_paid_is_refused_where_nothing_is_held_any_more(scene):
    seat = scene.seat("cancelled", fare=780_00)
    with pytest.raises(Invalid) as refused:
        enter(scene, seat, Entry(Spent(), {"fare": Billed(780_01, "INV-1")}))
    assert "no more than the USD\xa0780 that" in str(refused.value.fields["fare_amount"])
    db.session.rollback()
    enter(scene, seat, Entry(Spent(), FARE, "The agency bills USD 50 more: paid from the fund for travel."))
    settle(scene, seat)
