"""What other pages say of reminders: when the last was, and whether the reader may send another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.participation.papers.queries import PapersOf
from tracker.participation.reminding.policies import RULES, RemindAction
from tracker.participation.reminding.queries import Reminder, Sits, facts_from, last_reminders, linked_seats
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


def reminding_of(journey: Travelling, session: Session, actor: Actor) -> Reminding:
    """For the page of one journey."""
    seat_id = journey.seat.id
    missing = bool(PapersOf(journey, session, journey.papers).missing)
    last, linked = last_reminders([seat_id]).get(seat_id), bool(linked_seats([seat_id] if missing else []))
    refusal = can(RULES, RemindAction.REMIND, actor, facts_from(journey, missing=missing, linked=linked, last=last))
    return Reminding(last, refusal is None, refusal.message if refusal and missing else "")


def reminders_of(rows: Sequence[Sits], actor: Actor) -> dict[str, Any]:
    """For a list of seats whose people miss papers: the last reminder of each, and of which the reader may send one."""
    ids = [one.seat.id for one in rows]
    last, linked = last_reminders(ids), linked_seats(ids)
    may = []
    for one in rows:
        facts = facts_from(one, missing=True, linked=one.seat.id in linked, last=last.get(one.seat.id))
        if can(RULES, RemindAction.REMIND, actor, facts) is None:
            may.append(one.seat.id)
    return {"reminded": {seat_id: last.get(seat_id) for seat_id in ids}, "may_remind": may}
