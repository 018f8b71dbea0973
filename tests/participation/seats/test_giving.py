"""Seats are given with their money, all or nothing; a seat that ends gives back what is not spent."""

import pytest
import sqlalchemy as sa

from tests.factories import assistance
from tests.factories import pledges as make
from tests.factories import seats as seating
from tests.pledges.test_races import at_once
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Forbidden, Unavailable
from tracker.events.models import Event
from tracker.extensions import db
from tracker.notifications.lifecycle import Turn
from tracker.notifications.models import Addressee
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import TRANSITIONS, SeatAction, SeatOrigin, SeatStatus
from tracker.participation.seats.models import Seat, SeatLine
from tracker.participation.seats.services import cancel_seats, give_seats
from tracker.pledges import queries, reactions, services, verification
from tracker.pledges.models import Allocation
from tracker.pledges.services.seats import Moved, free_seat
from tracker.rights.actor import Actor

ILLNESS = {"cause": "illness", "borne_by": "pledge"}
"""What a seat without a journey says."""


def money_of(request) -> tuple[int, int, int]:
    """(approved, allocated, paid) of a request."""
    db.session.rollback()
    found = queries.funding_of([request.id])[request.id]
    db.session.rollback()
    return found.approved_minor, found.allocated_minor, found.paid_minor


def column(one, *where):
    """A column's values, in the order of the rows' ids."""
    db.session.rollback()
    found = db.session.scalars(sa.select(one).where(*where).order_by(one.class_.id)).all()
    db.session.rollback()
    return list(found)


def whole() -> bool:
    found = verification.verify().first_wrong
    db.session.rollback()
    return found is None


def told_of(event: str) -> list[tuple[int, set[int]]]:
    """Each event of this name with the seats that it counts, and the people whom it tells first."""
    db.session.rollback()
    found = []
    for row in db.session.scalars(sa.select(Event).where(Event.name == event).order_by(Event.id)).all():
        first = Addressee.event_id == row.id, Addressee.turn == Turn.FIRST
        told = set(db.session.scalars(sa.select(Addressee.person_id).where(*first)))
        found.append((row.data.get("seats", 1), told))
    db.session.rollback()
    return found


def test_a_donor_is_told_once_of_all_that_its_pledge_gives_to_seats_and_the_state_by_its_seats(people):
    first, second = make.funded(people), make.funded(people)
    kenya = seating.eligible("KEN")
    seats = [seating.seat(kenya, seating.person_of(kenya), (first, 20_00), (second, 5_00)) for _number in range(3)]
    seating.given(people, seats)
    donors = {people.officer.actor.person_id, people.signatory.actor.person_id}
    assert told_of("pledges.seats_funded") == [(3, donors), (3, donors)]
    assert told_of("pledges.allocation_approved") == [(1, set())] * 6
    assert len(told_of("participation.seats_given")) == 1


def test_seats_raise_what_is_approved_and_hold_it_on_their_pledges(people):
    first, second = make.funded(people), make.funded(people)
    kenya, bhutan = seating.eligible("KEN"), seating.eligible("BTN")
    seats = [
        seating.seat(bhutan, seating.person_of(bhutan), (first, 20_00), (second, 5_00)),
        seating.seat(kenya, seating.person_of(kenya), (first, 30_00)),
        seating.seat(kenya, seating.person_of(kenya), (second, 10_00)),
    ]
    ids = seating.given(people, seats)
    assert money_of(bhutan) == (25_00, 25_00, 0)
    assert money_of(kenya) == (40_00, 40_00, 0)
    assert column(Seat.number, Seat.request_id == kenya.id) == [1, 2]
    assert column(Delegate.status) == ["selected"] * 3
    held = dict(zip(column(Allocation.id), column(Allocation.seat_id), strict=True))
    lines = db.session.execute(sa.select(SeatLine.seat_id, SeatLine.allocation_id, SeatLine.approved_minor)).all()
    assert all((held[line.allocation_id] == line.seat_id) for line in lines if line.approved_minor)
    assert {line.seat_id for line in lines if not line.approved_minor and line.allocation_id is None} == set(ids)
    assert whole()


def test_a_seat_that_the_cash_does_not_cover_stops_all_of_them_and_every_reason_is_said(people):
    rich, poor = make.funded(people), make.funded(people, received=10_00)
    kenya, gone = seating.eligible("KEN"), seating.eligible("BTN")
    make.release(gone)
    seats = [
        seating.seat(kenya, seating.person_of(kenya), (rich, 20_00)),
        seating.seat(kenya, seating.person_of(kenya), (poor, 20_00)),
        seating.seat(gone, seating.person_of(gone), (rich, 20_00)),
    ]
    with pytest.raises(Moved) as refused:
        seating.given(people, seats)
    said = [str(reason) for reason in refused.value.reasons]
    assert len(said) == 2
    assert f"{gone.reference} takes no seats now" in said[0]
    assert "the seats need USD\xa020, USD\xa08.85 is there now" in said[1]
    assert money_of(kenya) == (0, 0, 0)
    assert column(Seat.id) == column(Allocation.id) == []
    assert column(Delegate.status) == ["nominated"] * 3


def test_each_seat_counts_against_the_share_of_an_earmark_before_the_next(people):
    share = make.Rule("states", ("KEN",), share_bp=5000)
    pledge, kenya = make.funded(people, make.terms(100_00, earmarks=[share])), seating.eligible("KEN")
    two = [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00)) for _ in range(2)]
    with pytest.raises(Moved, match="The earmark leaves USD"):
        seating.given(people, two)
    assert seating.given(people, two[:1])


def test_whoever_proposed_seats_does_not_approve_them(people):
    kenya = seating.eligible()
    seats = [seating.seat(kenya, seating.person_of(kenya), (make.funded(people), 30_00))]
    finance = people.finance.actor
    with pytest.raises(Forbidden):
        give_seats(seats, origin=SeatOrigin.ROUND, proposed_by_id=finance.person_id, actor=finance)
    with pytest.raises(Forbidden):
        give_seats(seats, origin=SeatOrigin.ROUND, proposed_by_id=finance.person_id, actor=people.manager.actor)
    assert column(Delegate.status) == ["nominated"]


def test_somebody_who_has_a_seat_gets_no_second_one(people):
    kenya, pledge = seating.eligible(), make.funded(people)
    amina = seating.person_of(kenya, "Amina Otieno")
    seating.given(people, [seating.seat(kenya, amina, (pledge, 10_00))])
    with pytest.raises(Moved, match="Amina Otieno has a seat already"):
        seating.given(people, [seating.seat(kenya, amina, (pledge, 10_00))])
    assert money_of(kenya) == (10_00, 10_00, 0)


def test_a_freed_seat_gives_back_what_is_not_paid_and_lowers_what_is_approved(people):
    kenya, pledge = seating.eligible(), make.funded(people)
    freed, kept = seating.given(
        people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00)) for _ in range(2)]
    )
    allocation = column(Allocation.public_id, Allocation.seat_id == freed)[0]
    services.disburse(allocation, actor=people.finance.actor, payment=seating.payment(allocation, 12_00))
    with transaction():
        assert free_seat(freed, actor=people.manager.actor, reason="The State gave it up.") == 18_00
    assert money_of(kenya) == (42_00, 42_00, 12_00)
    # Nothing is held twice, and what comes back later goes to the pledge and off what is approved.
    with transaction():
        assert free_seat(freed, actor=people.manager.actor, reason="Again.") == 0
    services.recover(allocation, actor=people.finance.actor, payment=seating.payment(allocation, 12_00, "FIN-2"))
    assert money_of(kenya) == (30_00, 30_00, 0)
    assert column(Allocation.status, Allocation.seat_id == kept) == ["approved"]
    assert whole()


def test_a_recovery_for_a_freed_seat_that_is_reversed_counts_again(people):
    kenya, pledge = seating.eligible(), make.funded(people)
    (seat,) = seating.given(people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00))])
    allocation, finance = column(Allocation.public_id)[0], people.finance.actor
    pay = [seating.payment(allocation, 12_00, number) for number in ("FIN-1", "FIN-2")]
    services.disburse(allocation, actor=finance, payment=pay[0])
    with transaction():
        free_seat(seat, actor=finance, reason="Given up.")
    services.recover(allocation, actor=finance, payment=pay[1])
    from tracker.pledges.models import Act

    act = column(Act.public_id, Act.name == "recover")[0]
    make.reverse(people, act)
    assert money_of(kenya) == (12_00, 12_00, 12_00)
    assert whole()


def test_the_money_of_a_seat_is_not_released_by_hand(people):
    kenya, pledge = seating.eligible(), make.funded(people)
    seating.given(people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00))])
    with pytest.raises(Forbidden, match="held for a seat"):
        services.release_allocation(
            column(Allocation.public_id)[0], actor=people.finance.actor, version=1, reason="No need."
        )


def test_a_later_round_numbers_on(people):
    kenya, pledge = seating.eligible(), make.funded(people)
    for _ in range(2):
        seating.given(people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 10_00))])
    assert column(Seat.number) == [1, 2]
    assert money_of(kenya) == (20_00, 20_00, 0)
    assert whole()


def test_an_amended_decision_leaves_what_rounds_gave(people):
    from tracker.pledges import funding

    kenya, pledge = seating.eligible(), make.funded(people)
    seating.given(people, [seating.seat(kenya, seating.person_of(kenya), (pledge, 30_00))])
    with transaction():
        funding.approve(kenya.id, 5_00)
    assert money_of(kenya) == (35_00, 30_00, 0)


def test_a_request_that_is_withdrawn_gives_up_its_seats(people):
    case = assistance.accepted(amount_minor=0, kind="technical")
    pledge = make.funded(people)
    with transaction() as session:
        # As a request for participation, whose own form is not needed here.
        session.execute(sa.text("UPDATE assistance_requests SET kind = 'participation'"))
    request = make.FundableRequest(case.now.id, case.public_id, case.now.reference)
    seating.given(people, [seating.seat(request, seating.person_of(request), (pledge, 30_00)) for _ in range(2)])
    from tracker.assistance.authorisation import services as authorisation

    authorisation.withdraw(case.public_id, actor=case.authority, version=case.version, reason="No delegation.")
    assert column(Seat.status) == ["cancelled", "cancelled"]
    assert column(Delegate.status) == ["cancelled", "cancelled"]
    assert money_of(request) == (0, 0, 0)
    assert reactions.held_for(request.id) == 0
    assert whole()


@pytest.mark.parametrize("action", SeatAction)
def test_a_seat_moves_only_from_where_the_act_is_lawful(people, action):
    kenya, pledge = seating.eligible(), make.funded(people)
    move = TRANSITIONS[action]
    for status in SeatStatus:
        with transaction() as session:
            ended = status in ("declined", "taken_back", "cancelled", "settled")
            row = Seat(
                request_id=kenya.id,
                number=len(column(Seat.id)) + 1,
                delegate_id=seating.person_of(kenya),
                origin="round",
                status=status,
                reason="Because.",
                ended_at=make.now() if ended else None,
                given_back=ended and status != "settled",
                **(ILLNESS if status in ("cancelled", "no_show") else {}),
            )
            session.add(row)
            session.flush()
            if status in move.sources:
                row.apply(action, version=1, **(ILLNESS if action in (SeatAction.CANCEL, SeatAction.MISS) else {}))
                assert row.status == move.target
            else:
                with pytest.raises(Conflict):
                    row.apply(action, version=1)
    assert pledge


def test_of_two_rounds_at_once_one_gets_the_money(app, people):
    pledge, kenya, bhutan = make.funded(people), seating.eligible("KEN"), seating.eligible("BTN")
    rounds = [[seating.seat(one, seating.person_of(one), (pledge, 60_00))] for one in (kenya, bhutan)]
    answers = at_once(app, *[lambda seats=seats: seating.given(people, seats) for seats in rounds])
    assert sorted(isinstance(answer, Moved) for answer in answers) == [False, True]
    assert sum(money_of(one)[1] for one in (kenya, bhutan)) == 60_00
    assert whole()


def test_fifty_who_approve_at_once_get_what_is_there_and_no_more(app, people):
    pledge, requests = make.funded(people), [seating.eligible(code) for code in ("KEN", "BTN")]
    rounds = [[seating.seat(one, seating.person_of(one), (pledge, 10_00))] for one in requests * 25]
    answers = at_once(app, *[lambda seats=seats: seating.given(people, seats) for seats in rounds])
    given = [answer for answer in answers if isinstance(answer, list)]
    refused = [answer for answer in answers if not isinstance(answer, list)]
    assert all(isinstance(answer, (Moved, Unavailable)) for answer in refused)
    # Who found too many before the door reads that, too; then fewer get something.
    assert len(given) == 8 or any(isinstance(answer, Unavailable) for answer in refused)
    assert len(given) <= 8
    assert sum(money_of(one)[1] for one in requests) == len(given) * 10_00
    assert sorted(column(Delegate.status)) == ["nominated"] * (50 - len(given)) + ["selected"] * len(given)
    assert whole()


def test_one_who_withdraws_and_one_who_gives_leave_nothing_held_for_nobody(app, people):
    for _ in range(5):
        pledge, kenya = make.funded(people), seating.eligible("KEN")
        seats = [seating.seat(kenya, seating.person_of(kenya), (pledge, 60_00))]

        def end(kenya=kenya) -> None:
            with transaction():
                make.release(kenya)
                cancel_seats(kenya.id, actor=Actor.system)

        at_once(app, lambda seats=seats: seating.given(people, seats), end)
        assert reactions.held_for(kenya.id) == 0
        assert set(column(Seat.status, Seat.request_id == kenya.id)) <= {"cancelled"}
    assert whole()
