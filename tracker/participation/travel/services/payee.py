"""How a person is paid: by transfer to the payee of the finance system, or on arrival from the cashier's advance.

Only the payee's number is kept here, never an account of a bank: those are in the finance system.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from tracker import events
from tracker.costs.lines import LineKind
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES
from tracker.participation.travel.policies import TravelAction
from tracker.participation.travel.services.recording import keep, recorded, to_record
from tracker.pledges.queries.seat_money import sums_of_seats
from tracker.rights.actor import Actor

TO_THE_PERSON: frozenset[str] = frozenset(LineKind(line) for line in ON_ARRIVAL_LINES)


@dataclass(frozen=True, slots=True)
class Payee:
    """The payee's number in the finance system; or that the person is paid on arrival, and from which advance."""

    number: str = ""
    on_arrival: bool = False
    advance: str = ""


@verb
def record_payee(public_id: uuid.UUID, *, actor: Actor, version: int | None, payee: Payee) -> str:
    """Say how a person is paid; gives the seat's public id. Raises Invalid by field."""
    found, _session = to_record(public_id, TravelAction.PAYEE, actor, version)
    if found.signed:
        raise Conflict(lazy("Cash was handed over that is not recorded yet: record it first."))
    problems: dict[str, Any] = {}
    if payee.on_arrival and not shown(payee.advance):
        problems["advance"] = lazy("Enter the reference of the cashier's advance.")
    if not payee.on_arrival and not shown(payee.number):
        problems["number"] = lazy("Enter the payee's number in the finance system.")
    if problems:
        raise Invalid(fields=problems)
    advance = payee.advance if payee.on_arrival else None
    keep(found, payee_number=payee.number or None, on_arrival=payee.on_arrival, advance=advance)
    return recorded("participation.payee_recorded", found, actor)


@verb(events=None)
def ask_payee(request: Any, seat_ids: list[int], delegate_ids: list[int], *, actor: Actor) -> int:
    """Ask finance for the numbers of people whose seats were just confirmed, as far as the fund pays them something;
    gives of how many. One event."""
    sums = sums_of_seats(seat_ids)
    pairs = zip(seat_ids, delegate_ids, strict=False)
    asked = [(seat, person) for seat, person in pairs if seat in sums and sums[seat].pays() & TO_THE_PERSON]
    if asked:
        seats, people = [seat for seat, _person in asked], [person for _seat, person in asked]
        events.record("participation.payee_asked", request, actor=actor, seat_ids=seats, delegate_ids=people)
    return len(asked)
