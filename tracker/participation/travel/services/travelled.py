"""That somebody travelled, what shows it, and the days really spent with what others provided on them."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.offers.services.moving import move_person
from tracker.participation.seats.lifecycle import SeatAction, SeatStatus
from tracker.participation.travel.by_day import LONGEST, as_plain, at_the_place
from tracker.participation.travel.lifecycle import Shown
from tracker.participation.travel.policies import TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.recording import keep, recorded, to_record
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Spent:
    """The first and last day at the place of the session, what shows the journey, and what others provided by day."""

    shown_by: str
    first_day: date
    last_day: date
    provided: Mapping[date, frozenset[str]]


@verb
def record_travelled(public_id: uuid.UUID, *, actor: Actor, version: int | None, spent: Spent) -> str:
    """Keep the days that a person really spent and mark the seat as travelled; of a seat that is, correct them. Gives
    the seat's public id. Raises Invalid by field."""
    found, _session = to_record(public_id, TravelAction.TRAVEL, actor, version)
    if problems := _problems(spent):
        raise Invalid(fields=problems)
    again = found.status is SeatStatus.TRAVELLED
    keep_travelled(found, spent)
    return recorded("participation.travel_corrected" if again else "participation.travel_recorded", found, actor)


def keep_travelled(found: Travelling, spent: Spent) -> None:
    """Write the days of whoever sits in the seat, which is ticketed or travelled, inside a verb."""
    provided = as_plain(at_the_place(spent.provided, spent.first_day, spent.last_day))
    keep(found, shown_by=spent.shown_by, first_day=spent.first_day, last_day=spent.last_day, provided=provided)
    if found.status is not SeatStatus.TRAVELLED:
        found.seat.apply(SeatAction.TRAVEL, version=None)
        move_person(found.seat.delegate_id, DelegateStatus.TRAVELLED)


def _problems(spent: Spent) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if spent.shown_by not in list(Shown):
        problems["shown_by"] = lazy("Choose what shows the journey.")
    if spent.first_day > today():
        problems["first_day"] = lazy("This day lies ahead: enter it once it has come.")
    if spent.last_day < spent.first_day or (spent.last_day - spent.first_day).days > LONGEST:
        problems["last_day"] = lazy("The last day comes after the first, at most a year later.")
    elif spent.last_day > today():
        problems["last_day"] = lazy("This day lies ahead: enter it once it has come.")
    return problems
