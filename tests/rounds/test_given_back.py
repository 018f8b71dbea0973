"""Whatever becomes of a seat, everybody who counts it agrees whether it was given back before its journey."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

import sqlalchemy as sa

from tests.factories import participation, pledges
from tests.factories import rounds as make
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.desks.views.state import _funded_delegates
from tracker.extensions import db
from tracker.participation.board.queries import board_of
from tracker.participation.board.stages import STAGES
from tracker.participation.seats import reactions
from tracker.participation.seats.lifecycle import TRANSITIONS, SeatAction, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds import queries
from tracker.rounds.promotion.queries import came_free

GIVES_BACK = {SeatAction.DECLINE, SeatAction.TAKE_BACK, SeatAction.CANCEL}
WHY = {"cause": "illness", "borne_by": "pledge", "reason": "Fell ill."}
FACTS = {SeatAction.TAKE_BACK: {"reason": "No answer."}, SeatAction.CANCEL: WHY, SeatAction.MISS: WHY}


class Undo(Exception):
    """Leave everything as it was."""


def lives(status: SeatStatus = SeatStatus.SELECTED, way: tuple[SeatAction, ...] = ()) -> Iterator[tuple]:
    """Every way that a seat can have gone, whoever sits in it; what can be undone and done again is done once."""
    yield way
    for action, step in TRANSITIONS.items():
        if status in step.sources and action not in (SeatAction.SUBSTITUTE, *way):
            yield from lives(step.target, (*way, action))


def readers(actor, request, later) -> dict[str, bool]:
    """By reader, whether Nepal's seat counts as one that was not given back."""
    session = reference.get_session(make.CODE)
    found = board_of(session, actor)
    row = db.session.get_one(AssistanceRequest, request.id)
    reactions.say_that_no_seat_is_left(None, row, Actor.system)
    db.session.refresh(row)
    state = Actor(1, "", organisation_id=row.organisation_id)
    counts = {
        "takes a place of the session": queries.free_and_waiting(session.id)[0] == 2,
        "sits at the session": request.id in queries.seated(session.id),
        "did not come free": not came_free(session.id, actor),
        "counts on the board": sum(one.number for one in found.standing) == 2,
        "is not noted as ended on the board": not STAGES[2].note(found),
        "its State reads that it has seats": row.round_result == "seats",
        "is funded on the State's desk": db.session.execute(_funded_delegates(state)).one().number == 1,
    }
    day = today() - timedelta(days=1)
    update_where(Session, Session.id == session.id, starts_on=day, ends_on=day, closing_on=None)
    counts["was had before"] = next(one for one in queries.asking(later) if one.iso3 == "NPL").funded_before == 1
    return counts


def test_everybody_agrees_in_every_life_of_a_seat_whether_it_was_given_back(people, given):
    later = participation.meeting(first_day=today() + timedelta(days=400), code="AHC-L")
    pledges.request_of("NPL", approved=0, kind="participation", session_id=later)
    every, actor = list(lives()), people.manager.actor
    assert len(every) >= 15
    for life in every:
        with suppress(Undo), transaction() as session:
            row = session.scalars(sa.select(Seat).where(Seat.request_id == given.nepal.id)).one()
            for action in life:
                row.apply(action, version=None, **FACTS.get(action, {}))
            counts = readers(actor, given.nepal, session.get_one(Session, later))
            if not life:
                assert not counts.pop("was had before")  # nobody answered, and the session is over
            stands = not GIVES_BACK & set(life)
            assert {reader for reader, counted in counts.items() if counted is not stands} == set(), life
            raise Undo


def test_what_the_board_says_was_confirmed_and_settled_leaves_out_what_was_given_back(people, given):
    steps = (SeatAction.CONFIRM, SeatAction.CANCEL, SeatAction.SETTLE)
    with transaction() as session:
        row = session.scalars(sa.select(Seat).where(Seat.request_id == given.nepal.id)).one()
        for action in steps:
            row.apply(action, version=None, **FACTS.get(action, {}))
    found = board_of(reference.get_session(make.CODE), people.manager.actor)
    first, *later = [stage.reached(found) for stage in STAGES[2:]]
    assert (first, set(later)) == (2, {0})
    assert STAGES[2].note(found) == "1 cancelled"
