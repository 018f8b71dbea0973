"""What other pages say of reminders: when the last was, and whether the reader may send another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.participation.papers.queries import PapersOf
from tracker.participation.reminding.policies import RULES, UNREACHED, RemindAction
from tracker.participation.reminding.queries import (
    Reached,
    Reminder,
    Sits,
    facts_from,
    reached_in,
)
from tracker.participation.travel.queries import Travelling
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rights.rules import can


@dataclass(frozen=True, slots=True)
class Reminding:
    """How far reminding somebody is: `why` says why the reader may not, where papers are missing."""

    last: Reminder | None
    may: bool
    why: Any


def reminding_of(journey: Travelling, session: Session, actor: Actor, reached: Reached) -> Reminding:
    """For the page of one journey, which has read how its person can be reached."""
    missing = bool(PapersOf(journey, session, journey.papers).missing)
    refusal = can(RULES, RemindAction.REMIND, actor, facts_from(journey, reached, missing=missing))
    return Reminding(reached.last, refusal is None, refusal.message if refusal and missing else "")


def reminders_of(rows: Sequence[Sits], actor: Actor) -> dict[str, Any]:
    """For a list of seats whose people miss papers: the last reminder of each, of which the reader may send one, and
    why somebody cannot be reached."""
    reached = reached_in([one.seat.id for one in rows])
    may, unreached = [], dict[int, Any]()
    for one in rows:
        refusal = can(RULES, RemindAction.REMIND, actor, facts_from(one, reached[one.seat.id], missing=True))
        if refusal is None:
            may.append(one.seat.id)
        elif refusal.code in UNREACHED:
            unreached[one.seat.id] = refusal.message
    return {"reminded": {i: one.last for i, one in reached.items()}, "may_remind": may, "unreached": unreached}
