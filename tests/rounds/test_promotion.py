"""A seat that is free goes to somebody on the reserve list: proposed by one person, confirmed by another, or refused in
a sentence."""

import uuid
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import rounds as make
from tests.factories import seats as seating
from tests.factories.accounts import Someone
from tests.factories.pledges import refund
from tracker.calendar.now import today
from tracker.calendar.working_days import add
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.offers import queries as offers
from tracker.participation.offers.models import Offer
from tracker.participation.offers.services import send_offers
from tracker.participation.seats.models import Seat
from tracker.pledges import queries, verification
from tracker.pledges.earmarks import Rule
from tracker.pledges.models import Allocation, SeatLine
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.services.seats import Moved
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rounds.free_seats import free_and_waiting
from tracker.rounds.promotion import places
from tracker.rounds.promotion.proposing import propose_promotion


def confirm(people, act: uuid.UUID, by: Someone | None = None) -> None:
    acts.confirm(act, actor=(by or people.finance).actor, version=None)


def against(name: str) -> str:
    found = places.waiting(reference.get_session(make.CODE).id)
    person = db.session.scalars(sa.select(Delegate.id).where(Delegate.name == name)).one()
    said = " ".join(map(str, found.against(person)))
    db.session.rollback()
    return said


def seats() -> list[tuple[str, str]]:
    rows = db.session.execute(sa.select(Seat.origin, Seat.status).order_by(Seat.id)).all()
    db.session.rollback()
    return [tuple(row) for row in rows]


def test_one_proposes_another_confirms_and_the_seat_is_offered_like_others(people, given, travel):
    act = make.proposed(travel, "Ben Otieno", given.pledge)
    assert len(seats()) == 2
    assert make.people_of(given.kenya)["Ben Otieno"] == "reserve"
    confirm(people, act)
    assert seats()[-1] == ("promotion", "selected")
    assert make.people_of(given.kenya)["Ben Otieno"] == "selected"
    funded = queries.funding_of([given.kenya.id])[given.kenya.id]
    assert (funded.approved_minor, funded.allocated_minor) == (2 * make.seat(), 2 * make.seat())
    db.session.rollback()
    told = db.session.scalars(sa.select(Event.name).order_by(Event.id.desc()).limit(2)).all()
    assert told == ["pledges.act_confirmed", "participation.seats_given"]
    seat = db.session.scalars(sa.select(Seat.public_id).where(Seat.origin == "promotion")).one()
    db.session.rollback()
    send_offers(make.CODE, [seat], actor=travel.actor)
    session = reference.get_session(make.CODE)
    ten_days = add(today(), 10, offers.limits_of(session).holidays)
    assert db.session.scalars(sa.select(Offer.until)).one() == ten_days
    db.session.rollback()
    assert verification.verify().first_wrong is None


def test_it_takes_two_persons_and_the_right_ones(people, given, travel):
    with pytest.raises(Forbidden, match="another role propose"):
        make.proposed(people.finance, "Ben Otieno", given.pledge)
    act = make.proposed(people.manager, "Ben Otieno", given.pledge)
    with pytest.raises(Conflict, match="proposed already"):
        make.proposed(travel, "Ben Otieno", given.pledge)
    for by in (people.manager, travel):
        with pytest.raises(Forbidden, match="confirm or refuse"):
            confirm(people, act, by)
    both = replace(people.manager.actor, roles=frozenset({"finance_officer"}))
    with pytest.raises(Forbidden, match="You proposed this"):
        acts.confirm(act, actor=both, version=None)
    acts.refuse_act(act, actor=people.finance.actor, version=None, reason="Nepal names somebody else.")
    again = make.proposed(people.manager, "Ben Otieno", given.pledge)
    acts.take_back(again, actor=people.manager.actor, version=None)
    assert len(seats()) == 2
    with pytest.raises(Invalid):
        make.proposed(travel, "Ben Otieno", given.pledge, reason=" ")


def test_before_a_round_nobody_is_promoted(people, asked, travel):
    with pytest.raises(Conflict, match="first seats of a session are given by a round"):
        make.proposed(travel, "Ben Otieno", asked.pledge)
    with pytest.raises(NotFound):
        propose_promotion(uuid.uuid4(), actor=travel.actor, pledges=[], reason="Why not.")


def test_a_states_own_order_and_the_seats_of_session_and_state_are_never_passed_over(people, given, travel):
    seating.person_of(given.kenya, "Third Otieno")
    seating.person_of(given.nepal, "Alternate Rai")
    with transaction():
        update_where(Delegate, Delegate.name == "Alternate Rai", alternate=True)
    assert "number 2 comes first" in against("Third Otieno")
    assert not against("Alternate Rai"), "nobody of Nepal is left who was nominated for a seat"
    with pytest.raises(Conflict, match="number 2 comes first"):
        make.proposed(travel, "Third Otieno", given.pledge)
    confirm(people, make.proposed(travel, "Ben Otieno", given.pledge))
    assert "as many as one State gets" in against("Third Otieno")
    confirm(people, make.proposed(travel, "Alternate Rai", given.pledge))
    with transaction():
        update_where(Session, Session.code == make.CODE, seats_per_state=3)
    assert "The session has no seat left: all 4 are given." in against("Third Otieno")
    assert "has a seat already" in against("Sita Rai")


def test_a_first_seat_that_can_be_had_goes_before_a_second_one(people, given, travel):
    chad = make.asks("TCD", "Moussa Abakar")
    with pytest.raises(Conflict, match="once every State that can have a first one has it"):
        make.proposed(travel, "Ben Otieno", given.pledge)
    with transaction():
        update_where(Delegate, Delegate.name == "Moussa Abakar", departure_iata=None)
    assert "The estimate is incomplete" in against("Moussa Abakar")
    with pytest.raises(Conflict, match="The estimate is incomplete"):
        make.proposed(travel, "Moussa Abakar", given.pledge)
    assert not against("Ben Otieno"), "Chad's cannot be given now"
    make.complete(chad)
    confirm(people, make.proposed(travel, "Moussa Abakar", given.pledge))
    assert make.people_of(chad) == {"Moussa Abakar": "selected"}


def test_only_who_can_still_get_there_is_promoted(people, given, travel):
    act = make.proposed(travel, "Ben Otieno", given.pledge)
    soon = today() + timedelta(days=3)
    with transaction():
        update_where(Session, Session.code == make.CODE, starts_on=soon, ends_on=soon, closing_on=today())
    assert "cannot get a visa and a ticket in time any more" in against("Ben Otieno")
    with pytest.raises(Moved, match="in time any more"):
        confirm(people, act)
    with transaction():
        update_where(Session, Session.code == make.CODE, status="cancelled")
    with pytest.raises(Conflict, match="does not take place"):
        confirm(people, act)
    assert len(seats()) == 2


def test_earmarks_and_cash_are_asked(people, given, travel):
    others = make.pledge_of(people, 2 * make.seat(), earmarks=(Rule("states", ("FJI",)),))
    small = make.pledge_of(people, make.seat() // 2)
    with pytest.raises(Conflict, match="for other States"):
        make.proposed(travel, "Ben Otieno", others)
    with pytest.raises(Conflict, match="has less than this seat needs"):
        make.proposed(travel, "Ben Otieno", small)
    with pytest.raises(Conflict, match="Choose the pledge"):
        make.proposed(travel, "Ben Otieno")


def test_two_pledges_pay_by_whole_lines(people, given, travel):
    refund(people, given.pledge, 2 * make.seat(), "BACK")
    allowance = make.costs()["allowance"]
    first, second = (make.pledge_of(people, cents) for cents in (make.seat() - allowance + 100, allowance))
    confirm(people, make.proposed(travel, "Ben Otieno", first, second))
    seat = db.session.scalars(sa.select(Seat.id).where(Seat.origin == "promotion")).one()
    paid = db.session.execute(
        sa.select(SeatLine.kind, Allocation.pledge_id)
        .join(Allocation, Allocation.id == SeatLine.allocation_id)
        .where(SeatLine.seat_id == seat)
    ).all()
    db.session.rollback()
    assert {kind for kind, pledge in map(tuple, paid) if pledge == seating.row_of(second)} == {"allowance"}
    assert verification.verify().first_wrong is None


@pytest.mark.parametrize("what", ["withdrawn", "estimate", "incomplete", "money", "seat"])
def test_a_confirmation_fails_whole_and_says_what_moved(people, given, travel, what):
    act = make.proposed(travel, "Ben Otieno", given.pledge)
    said = MOVES[what](people, given)
    before = seats()
    with pytest.raises(Moved) as moved:
        confirm(people, act)
    assert said in " ".join(map(str, moved.value.reasons))
    db.session.rollback()
    assert seats() == before
    of_round = sa.select(ProposedAct.status).where(ProposedAct.kind == "promotion")
    assert db.session.scalars(of_round).one() == "waiting"
    db.session.rollback()


def _withdrawn(_people, given) -> str:
    make.close(given.kenya)
    return "Nobody who is nominated in an eligible request"


def _estimate(_people, given) -> str:
    with transaction():
        update_where(Delegate, Delegate.name == "Ben Otieno", leaves_on=date(2027, 3, 9))
    return "Ben Otieno: the estimate was"


def _incomplete(_people, given) -> str:
    make.incomplete(given.kenya)
    return "The estimate is incomplete"


def _money(people, given) -> str:
    refund(people, given.pledge, 2 * make.seat(), "BACK")
    return "has less than this seat needs of it"


def _seat(_people, given) -> str:
    with transaction():
        update_where(Session, Session.code == make.CODE, seats_funded=2)
    return "The session has no seat left: all 2 are given."


MOVES = {"withdrawn": _withdrawn, "estimate": _estimate, "incomplete": _incomplete, "money": _money, "seat": _seat}


def test_at_a_session_whose_account_is_closed_nobody_is_promoted(people, given, travel):
    """Its days were moved after it was closed: seats are free, and are given to nobody."""
    act = make.proposed(travel, "Ben Otieno", given.pledge)
    session_id = reference.get_session(make.CODE).id
    assert free_and_waiting(session_id) == (2, 1)
    make.close_account(people)
    closed = "The account of this session is closed"
    assert closed in against("Ben Otieno")
    assert free_and_waiting(session_id) == (0, 0)
    with pytest.raises(Conflict, match=closed):
        confirm(people, act)
    with pytest.raises(Conflict, match=closed):
        make.proposed(travel, "Ben Otieno", given.pledge)
    assert len(seats()) == 2
