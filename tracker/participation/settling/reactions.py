"""What stands in the way of completing or withdrawing a request for participation, open seats and claims; and the claim
that opens again when a recovery is reversed."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.database.transactions import update_where
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.participation.seats.lifecycle import ENDED, SeatStatus
from tracker.participation.settling import queries
from tracker.participation.settling.lifecycle import Owes
from tracker.participation.settling.models import SettlementLine
from tracker.participation.settling.recording import record
from tracker.pledges.models import SeatLine
from tracker.pledges.payment_doors import after_reversal
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    gate(Kind.PARTICIPATION, Action.COMPLETE, settled)
    gate(Kind.PARTICIPATION, Action.WITHDRAW, no_journey_is_open)
    after_reversal(reopen_claim)


def reopen_claim(payment: Any, allocation: Any, actor: Actor) -> None:
    """A payment or recovery of a settled seat was reversed: what is owed now is asked again, and whoever is asked is
    told. What was asked for a line in all is what is owed of it now, and what was written off."""
    if allocation.seat_id is None or payment.direction != "recovered":
        return
    one = queries.get_by_id(allocation.seat_id)
    kind = db.session.scalar(sa.select(SeatLine.kind).where(SeatLine.id == payment.seat_line_id))
    line = next((line for line in one.owed if line.kind == kind), None)
    if not one.is_settled or line is None:
        return
    asked = line.owed_minor + line.ended_minor
    of_line = (SettlementLine.seat_id == one.seat.id, SettlementLine.kind == line.kind)
    update_where(SettlementLine, *of_line, SettlementLine.owed_minor < asked, owed_minor=asked, owes=str(line.owes))
    name = "participation.claim_reopened" if line.owes == Owes.STATE else "participation.refund_reopened"
    record(name, [one], actor, line=line.kind, amount_minor=line.owed_minor)


def no_journey_is_open(request: Any) -> dict[str, Any]:
    """The gate before withdrawing, which frees all money: what was travelled or missed is settled first, because bills
    may still come."""
    going = [
        one for one in queries.of_request(request.id) if one.seat.status in (SeatStatus.TRAVELLED, SeatStatus.NO_SHOW)
    ]
    names = ", ".join(one.person.name for one in going)
    sentence = lazy("These journeys were made or missed and are not settled yet: %(names)s.", names=names)
    return {"seats": sentence} if going else {}


def settled(request: Any) -> dict[str, Any]:
    """The gate before completing: every seat has ended, what was paid is settled, and nothing is owed any more."""
    found, problems = queries.of_request(request.id), {}
    going = [one for one in found if one.is_open or one.seat.status not in ENDED]
    if going:
        names = ", ".join(one.person.name for one in going)
        problems["seats"] = lazy("These seats are not settled yet: %(names)s.", names=names)
    owing = [one for one in found if one.is_settled and one.owed]
    if owing:
        problems["claims"] = one_text((lazy("This is owed still, recover it or write it off:"), *map(_owes, owing)))
    return problems


def _owes(one: queries.Settling) -> Any:
    amount = format_money(one.total("owed_minor"), FUND_CURRENCY)
    return lazy("%(name)s, %(amount)s.", name=one.person.name, amount=amount)
