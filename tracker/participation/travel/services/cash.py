"""Paid on arrival: a list for a day, signed by whoever was paid, and from that one payment a name and line."""

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now, today
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.travel import queries
from tracker.participation.travel.cash import recording
from tracker.participation.travel.models import CashHanded, SeatTravel
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.papers import chosen
from tracker.participation.travel.services.recording import keep, record_by_request, recorded, to_record
from tracker.participation.travel.signed_papers import keep_paper
from tracker.pledges.models import Disbursement
from tracker.pledges.queries.seat_money import LineOfSeat
from tracker.pledges.seat_lines import ADVANCE, BALANCE, WHOLE
from tracker.pledges.services import Payment, disburse
from tracker.pledges.services.promises import required_reason
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
def record_handed_over(
    code: str,
    seats: Collection[uuid.UUID],
    *,
    actor: Actor,
    day: date | None,
    file: Any,
    seen: Mapping[uuid.UUID, int],
) -> int:
    """Say who signed for the cash on a day, and file the signed list; gives how many. What each signed for is kept line
    by line, so that finance records just that: `seen` is the sum of each, in cents of the dollar, that whoever ticks
    has read. Nothing is booked by it. All or none; one event for each request."""
    problems: dict[str, Any] = {}
    if day is None or day > today():
        problems["day"] = lazy("Enter the day on which it was paid, today at the latest.")
    if not file:
        problems["file"] = lazy("Choose the file of the signed list.")
    found = chosen(code, seats, actor, TravelAction.HAND_OVER)
    if problems:
        raise Invalid(fields=problems)
    listed = listed_for(code, None, actor)
    if not {one.seat.id for one in found} <= {one.seat.id for one in listed}:
        raise Conflict(lazy("Somebody on this list was ticked off already, or is not paid on arrival any more."))
    if moved := [one.name for one in found if seen.get(one.seat.public_id) != one.due_minor]:
        names = ", ".join(moved)
        raise Conflict(lazy("What is to be paid has changed, look at the sums again: %(names)s.", names=names))
    # The paper can name whoever was listed and did not come.
    stored = keep_paper(file, listed, actor=actor, about=found[0].request)
    by = {"handed_on": day, "pay_list_file_id": stored.id}
    for one in found:
        keep(one)
        for line in one.to_hand_over:
            part = {"seat_line_id": line.money.id, "amount_minor": line.money.left_minor}
            db.session.add(CashHanded(travel_id=_record_of(one).id, **part, **by))
    db.session.flush()
    record_by_request("participation.cash_handed_over", found, actor)
    return len(found)


@verb
def undo_handed_over(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> str:
    """Take back the tick of somebody who did not sign, until finance has recorded the payment; gives the seat's public
    id. The tick is kept with the reason, the person stands on the pay list again."""
    found, _session = to_record(public_id, TravelAction.UNDO, actor, version)
    why = required_reason(reason)
    for part in found.signed:
        part.undone_at, part.undone_by_id, part.undone_why = now(), actor.person_id, why
    keep(found)
    return recorded("participation.hand_over_undone", found, actor)


@verb(events=None)
def book_cash(code: str, seats: Collection[uuid.UUID], *, actor: Actor, external_reference: str) -> int:
    """Record what people signed for, one payment for each name and line under the reference of the finance system; all
    or nothing. Gives how many people."""
    if not shown(external_reference):
        raise Invalid(fields={"external_reference": lazy("Enter the reference of the finance system or the bank.")})
    found = chosen(code, seats, actor, TravelAction.BOOK)
    for one in sorted(found, key=lambda one: (one.request.id, one.seat.number)):
        if not one.signed:
            raise Conflict(lazy("%(name)s did not sign, or the payment stands already.", name=one.name))
        for line, part in one.signed_lines:
            _pay(line, part, actor, external_reference)
    return len(found)


def _pay(line: LineOfSeat, part: CashHanded, actor: Actor, external_reference: str) -> None:
    """Record the payment of what was signed for of one line; the rest of it, if more was approved since, follows."""
    whole = part.amount_minor == line.money.left_minor
    which = ADVANCE if not whole else BALANCE if line.money.paid_minor else WHOLE
    # Always said: what is due by now can be less than what somebody signed for, and that needs its reason.
    note = str(lazy("What was signed for on %(day)s.", day=format_day(part.handed_on)))
    paid = (part.amount_minor, part.handed_on, external_reference, "delegate", "cash", note)
    payment = Payment(*paid, seat_line_id=line.money.id, part=which)
    with recording(line.money.id):
        paid_id = uuid.UUID(disburse(line.allocation, actor=actor, payment=payment))
    part.act_id = db.session.scalar(sa.select(Disbursement.act_id).where(Disbursement.public_id == paid_id))


def _record_of(one: Travelling) -> SeatTravel:
    if one.record is None:
        raise ValueError("Nobody is paid on arrival of whom nothing is recorded.")
    return one.record
