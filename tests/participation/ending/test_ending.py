"""A seat ends without a journey: what was not paid goes back, and it is said who bears what was paid."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories import seats as seating
from tests.pledges.test_races import at_once
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.ending import services
from tracker.participation.ending.services import Why
from tracker.participation.models import Delegate
from tracker.participation.offers import services as offers
from tracker.participation.seats.lifecycle import (
    BEARS,
    CAUSES_OF_A_STATE,
    CAUSES_OF_THE_OFFICE,
    Bearer,
    Cause,
    SeatStatus,
    awaits_settlement,
)
from tracker.participation.seats.models import Seat
from tracker.pledges import queries, verification
from tracker.pledges import services as paying
from tracker.reference.models import Session

VISA = Why(Cause.VISA_REFUSED, "The consulate refused the visa.")
OTHER = Why(Cause.OTHER, "The ministry was reorganised.")


def kept(seat) -> tuple[str, str | None, str | None, str | None]:
    row = db.session.execute(
        sa.select(Seat.status, Seat.cause, Seat.borne_by, Seat.borne_why).where(Seat.public_id == seat)
    ).one()
    db.session.rollback()
    return tuple(row)


def sums(seat) -> tuple[int, int]:
    """What is held and what was paid; the ledger agrees."""
    row = db.session.scalars(sa.select(Seat.id).where(Seat.public_id == seat)).one()
    found = queries.sums_of_seats([row])[row]
    assert verification.verify().first_wrong is None
    db.session.rollback()
    return found.held_minor, found.paid_minor


def recorded(name: str) -> list[dict]:
    found = db.session.scalars(sa.select(Event.data).where(Event.name == name).order_by(Event.id)).all()
    db.session.rollback()
    return list(found)


def test_a_seat_that_nobody_can_reach_any_more_is_ended_alone(app):
    scene = make.ready("KEN", "BTN")
    offer = make.offered(scene)["KEN"]
    assert services.end_seat(scene.seats["KEN"], actor=scene.officer, version=1, why=VISA) == scene.code
    assert make.stands(scene.seats["KEN"]) == ("cancelled", "cancelled", "ended")
    assert kept(scene.seats["KEN"]) == ("cancelled", "visa_refused", "pledge", None)
    assert sums(scene.seats["KEN"]) == (0, 0)
    assert sums(scene.seats["BTN"]) == (make.SEAT_COSTS, 0)
    assert make.stands(scene.seats["BTN"]) == ("selected", "selected", None)
    with pytest.raises(Forbidden, match="has ended"):
        offers.confirm(offer, actor=scene.cases["KEN"].authority, version=2, nobody_else_pays=True)
    with pytest.raises(Forbidden, match="ended already"):
        services.end_seat(scene.seats["KEN"], actor=scene.officer, version=2, why=VISA)


def test_what_was_paid_stays_to_be_settled_and_the_rest_goes_back(app):
    scene = make.ready("KEN")
    make.confirmed(scene)
    seat = scene.seats["KEN"]
    allocation = make.paid(scene, seat, 12_00)
    make.ticketed(seat)
    services.end_seat(seat, actor=scene.officer, version=3, why=VISA)
    assert sums(seat) == (0, 12_00)
    assert awaits_settlement(SeatStatus.CANCELLED, 12_00)
    (event,) = recorded("participation.seats_ended")
    assert (event["paid_minor"], event["cause"], event["borne_by"]) == (12_00, "visa_refused", "pledge")
    with pytest.raises(Forbidden):
        make.paid(scene, seat, 1_00, "FIN-2")
    back = seating.payment(allocation, 12_00, "BACK-1")
    paying.recover(allocation, actor=scene.donors.finance.actor, payment=back)
    assert sums(seat) == (0, 0)
    assert not awaits_settlement(SeatStatus.CANCELLED, 0)


@pytest.mark.parametrize("cause", CAUSES_OF_THE_OFFICE)
def test_the_cause_says_who_bears_or_leaves_it_to_the_manager(app, cause):
    scene = make.ready("KEN")
    seat, why = scene.seats["KEN"], Why(cause, "As it is said here.")
    if BEARS[cause] is not None:
        services.end_seat(seat, actor=scene.officer, version=1, why=why)
        assert kept(seat) == ("cancelled", cause, BEARS[cause], None)
        return
    with pytest.raises(Invalid) as refused:
        services.end_seat(seat, actor=scene.officer, version=1, why=why)
    assert "for the programme manager to say" in str(refused.value.fields["cause"])
    with pytest.raises(Invalid) as refused:
        services.end_seat(seat, actor=scene.manager, version=1, why=why)
    assert "Choose who bears" in str(refused.value.fields["borne_by"])
    chosen = Why(cause, "As it is said here.", Bearer.STATE)
    services.end_seat(seat, actor=scene.manager, version=1, why=chosen)
    assert kept(seat) == ("cancelled", cause, "state", "As it is said here.")


def test_nobody_else_ends_a_seat_and_nobody_without_a_reason(app):
    scene = make.ready("KEN")
    seat = scene.seats["KEN"]
    with pytest.raises(Forbidden, match="travel officer or a programme manager"):
        services.end_seat(seat, actor=scene.donors.finance.actor, version=1, why=VISA)
    for wrong, field in ((Why(Cause.ILLNESS, " "), "reason"), (Why(Cause.WITHDRAWN, "Why."), "cause")):
        with pytest.raises(Invalid) as refused:
            services.end_seat(seat, actor=scene.officer, version=1, why=wrong)
        assert list(refused.value.fields) == [field]
    with pytest.raises(Stale):
        services.end_seat(seat, actor=scene.officer, version=2, why=VISA)
    assert sums(seat) == (make.SEAT_COSTS, 0)


def test_the_state_gives_up_one_seat_that_it_had_confirmed(app):
    scene = make.ready("KEN", "BTN")
    offer, kenya, seat = make.offered(scene)["KEN"], scene.cases["KEN"], scene.seats["KEN"]
    with pytest.raises(Forbidden, match="has confirmed"):
        services.give_up_seat(offer, actor=kenya.authority, version=1, why=VISA)
    offers.confirm(offer, actor=kenya.authority, version=1, nobody_else_pays=True)
    make.paid(scene, seat, 5_00)
    for actor in (kenya.drafter, scene.manager):
        with pytest.raises(Forbidden, match="authority"):
            services.give_up_seat(offer, actor=actor, version=2, why=VISA)
    with pytest.raises(Invalid):
        services.give_up_seat(offer, actor=kenya.authority, version=2, why=Why(Cause.SESSION_MOVED, "It moved."))
    services.give_up_seat(offer, actor=kenya.authority, version=2, why=Why(Cause.NO_REASON, ""))
    assert kept(seat) == ("cancelled", "no_reason", "state", None)
    assert sums(seat) == (0, 5_00)
    assert make.stands(scene.seats["BTN"])[0] == "selected"
    assert [one["paid_minor"] for one in recorded("participation.seat_given_up")] == [5_00]


def test_the_manager_says_who_bears_where_the_cause_leaves_it_open(app):
    scene = make.ready("KEN", "BTN")
    found = make.confirmed(scene)
    make.paid(scene, scene.seats["KEN"], 5_00)
    for state, offer in found.items():
        services.give_up_seat(offer, actor=scene.cases[state].authority, version=2, why=OTHER)
    assert kept(scene.seats["KEN"]) == ("cancelled", "other", None, None)
    said = {"version": 3, "borne_by": Bearer.PLEDGE, "why": "Nobody could foresee it."}
    with pytest.raises(Forbidden, match="Only a programme manager"):
        services.say_who_bears(scene.seats["KEN"], actor=scene.officer, **said)
    with pytest.raises(Forbidden, match="Nothing was paid"):
        services.say_who_bears(scene.seats["BTN"], actor=scene.manager, **said)
    with pytest.raises(Stale):
        services.say_who_bears(scene.seats["KEN"], actor=scene.manager, **said | {"version": 2})
    services.say_who_bears(scene.seats["KEN"], actor=scene.manager, **said)
    assert kept(scene.seats["KEN"]) == ("cancelled", "other", "pledge", "Nobody could foresee it.")
    kenya = scene.cases["KEN"]
    page = sign_in(app.test_client(), kenya.people.authority).get(kenya.url).get_data(as_text=True)
    assert "borne by the pledge" in page
    assert "Nobody could foresee it." in page
    with pytest.raises(Forbidden, match="is not open"):
        services.say_who_bears(scene.seats["KEN"], actor=scene.manager, **said | {"version": 4})


def test_a_journey_is_missed_by_who_has_a_ticket_and_its_money_stays(app):
    scene = make.ready("KEN", "BTN")
    make.confirmed(scene)
    seat, other = scene.seats["KEN"], scene.seats["BTN"]
    with pytest.raises(Forbidden, match="has a ticket"):
        services.miss_journey(seat, actor=scene.officer, version=2, why=VISA)
    for ticketed in (seat, other):
        make.ticketed(ticketed)
    with pytest.raises(Forbidden, match="still to come"):
        services.miss_journey(seat, actor=scene.officer, version=3, why=VISA)
    for ticketed in (seat, other):
        make.begun(ticketed)
    with pytest.raises(Forbidden, match="made or missed"):
        services.end_seat(seat, actor=scene.officer, version=3, why=VISA)
    make.paid(scene, seat, 12_00)
    services.miss_journey(seat, actor=scene.officer, version=3, why=Why(Cause.NO_REASON, "Nobody came to the airport."))
    assert make.stands(seat)[:2] == ("no_show", "no_show")
    assert kept(seat)[1:3] == ("no_reason", "state")
    assert sums(seat) == (make.SEAT_COSTS - 12_00, 12_00)
    assert awaits_settlement(SeatStatus.NO_SHOW, 0)
    make.paid(scene, seat, 3_00, "FIN-2")  # the agency's bill comes after
    # A travel officer notes what happened, and leaves it open who bears it.
    services.miss_journey(other, actor=scene.officer, version=3, why=OTHER)
    assert kept(other) == ("no_show", "other", None, None)
    assert len(recorded("participation.journey_missed")) == 2


def test_all_seats_of_a_cancelled_session_end_in_one_step(app):
    scene = make.ready("KEN", "BTN", "NPL")
    found = make.offered(scene)
    offers.confirm(found["BTN"], actor=scene.cases["BTN"].authority, version=1, nobody_else_pays=True)
    offers.confirm(found["NPL"], actor=scene.cases["NPL"].authority, version=1, nobody_else_pays=True)
    make.ticketed(scene.seats["NPL"])
    make.paid(scene, scene.seats["NPL"], 7_00)
    act = {"reason": "The session was cancelled by its bureau."}
    with pytest.raises(Forbidden, match="was not cancelled"):
        services.end_session_seats(scene.code, actor=scene.manager, **act)
    with transaction():
        update_where(Session, Session.code == scene.code, status="cancelled")
    with pytest.raises(Forbidden, match="Only a programme manager"):
        services.end_session_seats(scene.code, actor=scene.officer, **act)
    assert services.end_session_seats(scene.code, actor=scene.manager, **act) == 3
    assert {kept(seat)[:3] for seat in scene.seats.values()} == {("cancelled", "session_moved", "pledge")}
    assert [sums(scene.seats[state]) for state in ("KEN", "BTN", "NPL")] == [(0, 0), (0, 0), (0, 7_00)]
    assert [one["paid_minor"] for one in recorded("participation.seats_ended")] == [0, 0, 7_00]
    with pytest.raises(Conflict, match="No seat of this session is left"):
        services.end_session_seats(scene.code, actor=scene.manager, **act)


@pytest.mark.parametrize("_again", range(3))
def test_a_seat_is_confirmed_or_ended_and_never_both(app, _again):
    scene = make.ready("KEN")
    offer, authority = make.offered(scene)["KEN"], scene.cases["KEN"].authority
    answers = at_once(
        app,
        lambda: offers.confirm(offer, actor=authority, version=1, nobody_else_pays=True),
        lambda: services.end_seat(scene.seats["KEN"], actor=scene.officer, version=1, why=VISA),
    )
    (loser,) = [answer for answer in answers if isinstance(answer, DomainError)]
    status = make.stands(scene.seats["KEN"])[0]
    assert {"cancelled": "has ended", "confirmed": "changed this seat"}[status] in str(loser)
    assert sums(scene.seats["KEN"]) == (0 if status == "cancelled" else make.SEAT_COSTS, 0)


def test_every_cause_says_who_bears_and_a_withdrawal_is_no_choice():
    assert set(BEARS) == set(Cause)
    assert Cause.WITHDRAWN not in (*CAUSES_OF_THE_OFFICE, *CAUSES_OF_A_STATE)
    assert Cause.SESSION_MOVED not in CAUSES_OF_A_STATE


def test_a_state_gives_up_no_seat_whose_journey_has_begun(app):
    scene = make.ready("KEN")
    make.confirmed(scene)
    offer = make.offer_of(scene.seats["KEN"])
    with transaction():
        update_where(Delegate, Delegate.name == "Awa KEN", arrives_on=today(), leaves_on=today())
    authority = scene.cases["KEN"].authority
    with pytest.raises(Forbidden, match="has begun"):
        services.give_up_seat(offer, actor=authority, version=None, why=Why(Cause.ILLNESS, "Fell ill."))
    db.session.rollback()
    with transaction():
        update_where(Delegate, Delegate.name == "Awa KEN", arrives_on=today() + timedelta(1), leaves_on=None)
    services.give_up_seat(offer, actor=authority, version=None, why=Why(Cause.ILLNESS, "Fell ill."))
