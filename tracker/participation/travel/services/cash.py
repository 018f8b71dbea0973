"""Paid on arrival: a list for a day, signed by whoever was paid, and from that one payment a name and line."""

import uuid
from collections.abc import Collection
from datetime import date
from typing import Any

from tracker.calendar.now import today
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.files import services as files
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.travel import queries
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.papers import PAPERS, chosen
from tracker.participation.travel.services.recording import keep, record_by_request
from tracker.pledges.seat_lines import BALANCE, WHOLE
from tracker.pledges.services import Payment, disburse
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import can


def listed_for(code: str, day: date | None, actor: Actor) -> list[Travelling]:
    """Who is to be paid on a day: whoever has come by then and has not signed for it yet."""
    rows = queries.paid_on_arrival(reference.get_session(code), actor, handed=False)
    mine = [one for one in rows if can(RULES, TravelAction.HAND_OVER, actor, queries.facts_of(one)) is None]
    return [one for one in mine if day is None or one.person.arrives_on is None or one.person.arrives_on <= day]


@verb(events=None)
def record_pay_list_made(code: str, day: date, *, actor: Actor) -> int:
    """Say that the pay list of a day was made; gives for how many. Raises Invalid where nobody is to be paid by then.
    One event for each request."""
    rows = listed_for(code, day, actor)
    if not rows:
        raise Invalid(fields={"day": lazy("Nobody who has come by this day is to be paid in cash.")})
    found = chosen(code, [one.seat.public_id for one in rows], actor, TravelAction.HAND_OVER)
    record_by_request("participation.pay_list_made", found, actor)
    return len(found)


@verb(events=None)
def record_handed_over(code: str, seats: Collection[uuid.UUID], *, actor: Actor, day: date | None, file: Any) -> int:
    """Say who signed for the cash on a day, and file the signed list; gives how many. Nothing is booked by that. All or
    none; one event for each request."""
    problems: dict[str, Any] = {}
    if day is None or day > today():
        problems["day"] = lazy("Enter the day on which it was paid, today at the latest.")
    if not file:
        problems["file"] = lazy("Choose the file of the signed list.")
    found = chosen(code, seats, actor, TravelAction.HAND_OVER)
    if problems:
        raise Invalid(fields=problems)
    waiting = {one.seat.id for one in listed_for(code, None, actor)}
    if any(one.seat.id not in waiting for one in found):
        raise Conflict(lazy("Somebody on this list was ticked off already, or is not paid on arrival any more."))
    stored = files.put(file, actor=actor, subject=found[0].request, kinds=PAPERS)
    for one in found:
        keep(one, handed_on=day, pay_list_file_id=stored.id)
    record_by_request("participation.cash_handed_over", found, actor)
    return len(found)


@verb(events=None)
def book_cash(code: str, seats: Collection[uuid.UUID], *, actor: Actor, external_reference: str) -> int:
    """Record what was paid out, one payment for each name and line under the reference of the finance system; all or
    nothing. Gives how many people."""
    if not shown(external_reference):
        raise Invalid(fields={"external_reference": lazy("Enter the reference of the finance system or the bank.")})
    found = chosen(code, seats, actor, TravelAction.BOOK)
    for one in sorted(found, key=lambda one: (one.request.id, one.seat.number)):
        day = one.record.handed_on if one.record is not None else None
        if day is None or not one.due_minor:
            raise Conflict(lazy("%(name)s did not sign, or the payment stands already.", name=one.name))
        for line in one.to_hand_over:
            part = BALANCE if line.money.paid_minor else WHOLE
            paid = (line.money.left_minor, day, external_reference, "delegate", "cash")
            payment = Payment(*paid, seat_line_id=line.money.id, part=part)
            disburse(line.allocation, actor=actor, payment=payment)
    return len(found)
