"""What a journey still lacks, and which of it is due first. Pure, knows no database."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tracker.costs.lines import LineKind
from tracker.languages.marking import N_, lazy
from tracker.participation.papers.lifecycle import ERASED_AFTER
from tracker.participation.seats.lifecycle import SeatStatus

ON_THE_WAY = (SeatStatus.CONFIRMED, SeatStatus.TICKETED, SeatStatus.TRAVELLED)
"""Where a seat stands whose journey is looked after."""
ON_ARRIVAL_LINES = (LineKind.ALLOWANCE, LineKind.TERMINALS)
"""What is paid to the person who travels: by a transfer to a payee whom finance knows, or in cash on arrival."""


def page_leads(status: str, cause: str | None, ended_at: datetime | None, at: datetime) -> bool:
    """Whether the own page of whoever sits in a seat can be opened: on the way, and after a journey was settled as long
    as the papers are there (`delegate_page.queries.living` asks the same of links)."""
    if status != SeatStatus.SETTLED or cause is not None or ended_at is None:
        return status in ON_THE_WAY
    return ended_at > at - ERASED_AFTER


class Lack(enum.StrEnum):
    """What a journey can lack."""

    PAPERS = "papers"
    PASSPORT = "passport"
    PAYMENT = "payment"
    CONDITIONS = "conditions"
    VISA = "visa"
    QUOTATION = "quotation"
    PAYEE = "payee"
    AUTHORISATION = "authorisation"
    TICKET = "ticket"
    ALLOWANCE = "allowance"
    TERMINALS = "terminals"
    ATTENDANCE = "attendance"


TO_BE_PAID = (Lack.CONDITIONS, Lack.PAYEE, Lack.ALLOWANCE, Lack.TERMINALS)
"""What is missing of the money that is paid to the person who travels."""
LACK_LABELS: dict[str, str] = {
    Lack.PAPERS: N_("Papers"),
    Lack.PASSPORT: N_("Passport"),
    Lack.PAYMENT: N_("How to be paid"),
    Lack.CONDITIONS: N_("Conditions accepted"),
    Lack.VISA: N_("Visa"),
    Lack.QUOTATION: N_("Quotation"),
    Lack.PAYEE: N_("Payee number"),
    Lack.AUTHORISATION: N_("Authorisation signed"),
    Lack.TICKET: N_("Ticket"),
    Lack.ALLOWANCE: N_("Allowance"),
    Lack.TERMINALS: N_("Terminal expenses"),
    Lack.ATTENDANCE: N_("Whether they travelled"),
}


class Shown(enum.StrEnum):
    """What shows that somebody travelled."""

    ATTENDANCE = "attendance"
    BOARDED = "boarded"


SHOWN_LABELS: dict[str, Any] = {
    Shown.ATTENDANCE: lazy("The list of participants"),
    Shown.BOARDED: lazy("Boarding passes"),
}


@dataclass(frozen=True, slots=True)
class Journey:
    """What is known of the journey of whoever sits in a seat.

    `fund_pays` are the lines that this fund pays, `begun` those of them of which something was paid. `visa_days` is
    how long the visa takes, nothing where none is needed; `not_handed_in` are the papers of the person that are asked
    and not there (`papers.lifecycle.Paper`); `conditions_awaited`: the person is still to accept the
    conditions. Days of the session that are not known yet are None."""

    status: SeatStatus
    fund_pays: frozenset[str]
    begun: frozenset[str]
    visa_days: int
    starts_on: date | None = None
    ends_on: date | None = None
    papers_by: date | None = None
    ticket_by: date | None = None
    papers_on: date | None = None
    authorised_on: date | None = None
    visa_asked_on: date | None = None
    visa_on: date | None = None
    quoted_until: date | None = None
    payee_known: bool = False
    not_handed_in: tuple[str, ...] = ()
    conditions_awaited: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is missing, and the last day on which it should be there (None: that day is not known)."""

    what: Lack
    by: date | None


def lacking(journey: Journey, today: date) -> tuple[Due, ...]:
    """What is missing, what is due first at the front; in the order of `Lack` where days are equal or not known."""
    found = [due for due in _lacking(journey, today) if due is not None]
    return tuple(sorted(found, key=lambda due: (due.by or date.max, list(Lack).index(due.what))))


def _lacking(journey: Journey, today: date) -> Iterable[Due | None]:
    waits = journey.status is SeatStatus.CONFIRMED
    here = journey.status in ON_THE_WAY
    to_come = waits or journey.status is SeatStatus.TICKETED
    stands = journey.quoted_until is not None and journey.quoted_until >= today
    needs_fare = waits and LineKind.FARE in journey.fund_pays
    yield Due(Lack.PAPERS, journey.papers_by) if to_come and journey.papers_on is None else None
    for of_person in (Lack.PASSPORT, Lack.PAYMENT):
        asked = to_come and journey.papers_on is None and of_person.value in journey.not_handed_in
        yield Due(of_person, journey.papers_by) if asked else None
    yield Due(Lack.CONDITIONS, journey.papers_by) if here and journey.conditions_awaited else None
    yield Due(Lack.VISA, _visa_by(journey)) if to_come and journey.visa_days and journey.visa_on is None else None
    yield Due(Lack.QUOTATION, journey.ticket_by) if needs_fare and not stands else None
    to_pay = journey.fund_pays.intersection(ON_ARRIVAL_LINES)
    yield Due(Lack.PAYEE, journey.ticket_by) if here and to_pay and not journey.payee_known else None
    yield Due(Lack.AUTHORISATION, journey.ticket_by) if to_come and journey.authorised_on is None else None
    yield Due(Lack.TICKET, _ticket_by(journey, stands=stands)) if waits else None
    for line, lack in ((LineKind.ALLOWANCE, Lack.ALLOWANCE), (LineKind.TERMINALS, Lack.TERMINALS)):
        yield Due(lack, journey.starts_on) if here and line in journey.fund_pays - journey.begun else None
    over = journey.ends_on is not None and journey.ends_on < today
    yield Due(Lack.ATTENDANCE, journey.ends_on) if over and journey.status is SeatStatus.TICKETED else None


def _visa_by(journey: Journey) -> date | None:
    """A visa is asked early enough to be had in time, and is there when the session begins."""
    if journey.starts_on is None or journey.visa_asked_on is not None:
        return journey.starts_on
    return journey.starts_on - timedelta(days=journey.visa_days)


def _ticket_by(journey: Journey, *, stands: bool) -> date | None:
    """The session's day for tickets; sooner where the quotation that stands lapses before."""
    known = [day for day in (journey.ticket_by, journey.quoted_until if stands else None) if day is not None]
    return min(known, default=None)
