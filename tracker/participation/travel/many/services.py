"""Each of the chosen journeys is recorded by the verb that records one, with its own event; all of them or none."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.database.verbs import verb
from tracker.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.languages.marking import lazy
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services import (
    Quotation,
    Spent,
    Ticket,
    record_invitation_made,
    record_quotation,
    record_ticket,
    record_travelled,
)
from tracker.reference import queries as reference
from tracker.rights.actor import Actor

MOST_AT_ONCE = 50
"""How many journeys are recorded in one press: what a person can look through on one page."""


@dataclass(frozen=True, slots=True)
class Row:
    """One journey as it was seen: `place` is where it stands in the form, `version` that of what was recorded then."""

    place: int
    seat: uuid.UUID
    version: int


@verb(events=None)
def record_quotations(code: str, rows: Sequence[tuple[Row, Quotation]], *, actor: Actor) -> int:
    """Record a quotation for each of these journeys; gives of how many. Raises Invalid by "place.field"."""
    by = {"actor": actor}
    return _each(code, rows, actor, lambda row, said: record_quotation(row.seat, **_of(row), quotation=said, **by))


@verb(events=None)
def record_tickets(code: str, rows: Sequence[tuple[Row, Ticket]], *, actor: Actor) -> int:
    """Record a ticket for each of these journeys; gives of how many. Raises Invalid by "place.field"."""
    by = {"actor": actor}
    return _each(code, rows, actor, lambda row, said: record_ticket(row.seat, **_of(row), ticket=said, **by))


@verb(events=None)
def record_as_planned(code: str, rows: Sequence[Row], *, actor: Actor, shown_by: str) -> int:
    """Record that each of these people travelled on the planned days, and that nothing was provided; gives how many.
    Raises Invalid by "place.field", also where the planned days are not known."""
    planned = {one.seat.public_id: (one.person.arrives_on, one.person.leaves_on) for one in _held(code, rows, actor)}

    def travelled(row: Row, _said: None) -> Any:
        first, last = planned[row.seat]
        return record_travelled(row.seat, **_of(row), spent=_spent(shown_by, first, last), actor=actor)

    return _each(code, [(row, None) for row in rows], actor, travelled)


@verb(events=None)
def record_invitations_made(code: str, rows: Sequence[Row], *, actor: Actor) -> int:
    """Say that a letter of invitation was made for each of these people; gives how many."""
    said = [(row, None) for row in rows]
    return _each(code, said, actor, lambda row, _said: record_invitation_made(row.seat, actor=actor))


def _of(row: Row) -> dict[str, Any]:
    return {"version": row.version}


def _spent(shown_by: str, first: date | None, last: date | None) -> Spent:
    if first is None or last is None:
        raise Conflict(lazy("The planned days are not known: record this journey on its own page."))
    return Spent(shown_by, first, last, {})


def _held(code: str, rows: Sequence[Row], actor: Actor) -> list[Travelling]:
    """The chosen journeys of the session, their requests held. Raises Invalid where none is chosen, or too many;
    NotFound where one is not on this desk."""
    if not rows:
        raise Invalid(lazy("No seat is ticked."))
    if len(rows) > MOST_AT_ONCE:
        raise Invalid(lazy("Choose %(most)d people at most at once.", most=MOST_AT_ONCE))
    session, chosen = reference.get_session(code), Seat.public_id.in_([row.seat for row in rows])
    hold_requests({one.request.id for one in queries.of_session(session, actor, chosen)})
    found = queries.of_session(session, actor, chosen)
    if len(found) < len({row.seat for row in rows}):
        raise NotFound
    return found


def _each(code: str, rows: Sequence[tuple[Row, Any]], actor: Actor, act: Callable[[Row, Any], Any]) -> int:
    """Record one after the other. Raises Invalid with every refusal at its row, so that nothing is recorded."""
    _held(code, [row for row, _said in rows], actor)
    refused: dict[str, Any] = {}
    for row, said in rows:
        try:
            act(row, said)
        except Invalid as refusal:
            fields = refusal.fields or {"": refusal.message}
            refused |= {f"{row.place}.{name}": words for name, words in fields.items()}
        except (Conflict, Forbidden) as refusal:
            refused[f"{row.place}."] = refusal.message
    if refused:
        raise Invalid(fields=refused)
    return len(rows)
