"""The ticket as the agency issued it. It costs no more than what is approved for it and what other lines leave."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.costs.lines import LineKind
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money import FUND_CURRENCY
from tracker.participation.deviations.doors import above_comparable
from tracker.participation.deviations.lifecycle import is_quoted_anew
from tracker.participation.deviations.queries import fare_most
from tracker.participation.lifecycle import DelegateStatus
from tracker.participation.offers.services.moving import move_person
from tracker.participation.seats.lifecycle import SeatAction, SeatStatus
from tracker.participation.travel.models import SeatTravel
from tracker.participation.travel.policies import TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.participation.travel.services.recording import keep, recorded, to_record
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket: `fare_minor` is its fare in cents of the dollar, None where somebody else pays it."""

    number: str
    agency: str
    issued_on: date
    route: str
    out_on: date
    back_on: date
    fare_minor: int | None


@verb
def record_ticket(public_id: uuid.UUID, *, actor: Actor, version: int | None, ticket: Ticket) -> str:
    """Keep the ticket of a person and mark the seat as ticketed; of a seat that is, correct it. Gives the seat's public
    id. Raises Invalid by field; for a fare above what can be paid until a top-up was confirmed."""
    found, session = to_record(public_id, TravelAction.TICKET, actor, version)
    if session.status == "cancelled":
        raise Conflict(lazy("The session does not take place: no ticket is bought for it."))
    if problems := _problems(ticket, found):
        raise Invalid(fields=problems)
    keep(found, **{f"ticket_{name.removeprefix('fare_')}": value for name, value in asdict(ticket).items()})
    if found.status is SeatStatus.TICKETED:
        return recorded("participation.ticket_corrected", found, actor)
    found.seat.apply(SeatAction.TICKET, version=None)
    move_person(found.seat.delegate_id, DelegateStatus.TICKETED)
    return recorded("participation.ticket_recorded", found, actor)


def _problems(ticket: Ticket, found: Travelling) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    empty = {
        "number": lazy("Enter the number of the ticket."),
        "agency": lazy("Enter who issued the ticket."),
        "route": lazy("Enter the route, for example NBO–VIE–NBO."),
    }
    problems |= {name: words for name, words in empty.items() if not shown(getattr(ticket, name))}
    if ticket.issued_on > today():
        problems["issued_on"] = lazy("This day lies ahead: enter it once it has come.")
    if ticket.back_on < ticket.out_on:
        problems["back_on"] = lazy("The journey back comes after the journey there.")
    if "number" not in problems and _is_anothers(ticket.number, found):
        problems["number"] = lazy("Another person travels on a ticket with this number.")
    if (problem := _too_dear(ticket.fare_minor, found)) is not None:
        problems["fare"] = problem
    return problems


def _too_dear(minor: int | None, found: Travelling) -> Any:
    if LineKind.FARE not in found.money.pays():
        return lazy("Somebody else pays this ticket: leave the fare empty.") if minor is not None else None
    if minor is None or minor <= 0:
        return lazy("Enter an amount above zero.")
    most, comparable = found.money.ticket_most_minor, fare_most(found.seat.id)
    if comparable and found.record and is_quoted_anew(comparable, found.record.quoted_minor, found.record.direct_minor):
        return lazy("The official fare was quoted anew since it was compared: record the private reasons again first.")
    if comparable is not None and minor > comparable:
        return above_comparable(comparable)
    if minor <= most:
        return None
    return lazy(
        "%(missing)s is missing: with what the other lines of the seat leave, %(most)s can be paid for the "
        "ticket. A top-up comes first.",
        missing=format_money(minor - most, FUND_CURRENCY),
        most=format_money(most, FUND_CURRENCY),
    )


def _is_anothers(number: str, found: Travelling) -> bool:
    same = sa.select(SeatTravel.id).where(SeatTravel.ticket_number == number)
    if found.record is not None:
        same = same.where(SeatTravel.id != found.record.id)
    return db.session.scalar(same) is not None
