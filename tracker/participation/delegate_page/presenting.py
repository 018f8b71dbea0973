"""What a delegate reads of the journey: what is missing, what is paid, where and when, and whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.costs.lines import LineKind, Payer
from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.participation.advances.presenting import parts_in_brief
from tracker.participation.advances.queries import allowances_of
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.disclosing.queries import GivenOut, given_out_of
from tracker.participation.lifecycle import PAYER_LABELS
from tracker.participation.papers.queries import Opening, openings_of
from tracker.participation.support.queries import support_of
from tracker.participation.travel.queries import Travelling
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.models import Session


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that the office waits for, or has; `note` says how far it is. `href` leads to where the person does
    `act` about it."""

    name: str
    note: str
    done: bool
    href: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line of the journey: what it is, the amount in cents of the dollar (None: not paid by this fund), and what to
    know of it."""

    name: str
    amount_minor: int | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page shows."""

    name: str
    title: str
    place: str
    starts_on: date | None
    ends_on: date | None
    days_left: int | None
    things: tuple[Thing, ...]
    paid: tuple[PaidLine, ...]
    unpaid: tuple[PaidLine, ...]
    record: Any
    arrives_on: date | None
    leaves_on: date | None
    phone_day: str
    phone_night: str
    allowance_is_paid: bool
    ticket_is_bought: bool
    openings: Sequence[Opening]
    given_out: Sequence[GivenOut]

    @property
    def missing(self) -> list[Thing]:
        """What the office waits for."""
        return [thing for thing in self.things if not thing.done]


def page_of(link: DelegateLink, found: Travelling, session: Session, things: Sequence[Thing] = ()) -> Page:
    """The page of the person behind a link, in the language of the moment; `things` are what the rooms wait for."""
    support = support_of(session.id)
    language = current_language()
    lines = _lines(found)
    begins = found.record.ticket_out_on if found.record else None
    return Page(
        name=found.person.name,
        title=session.title(language),
        place=session.place(language) or "",
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        days_left=(begins - today()).days if begins and begins >= today() else None,
        things=tuple(things),
        paid=tuple(line for line in lines if line.amount_minor is not None),
        unpaid=tuple(line for line in lines if line.amount_minor is None),
        record=found.record,
        arrives_on=found.person.arrives_on,
        leaves_on=found.person.leaves_on,
        phone_day=support.terms.phone_day if support else "",
        phone_night=support.terms.phone_night if support else "",
        allowance_is_paid=LineKind.ALLOWANCE in found.money.pays(),
        ticket_is_bought=LineKind.FARE in found.money.pays(),
        openings=openings_of(link.delegate_id),
        given_out=given_out_of(link.delegate_id),
    )


def _lines(found: Travelling) -> list[PaidLine]:
    """The lines of the seat, each once, without what is kept for fares that rise, and without what is this fund's and
    costs nothing, like a visa that is not needed."""
    lines = [line for line in found.money.lines if line.payer != Payer.FUND or line.allocation]
    kinds = dict.fromkeys(line.money.kind for line in lines if line.money.kind != LineKind.CONTINGENCY)
    return [_line(found, kind) for kind in kinds]


def _line(found: Travelling, kind: str) -> PaidLine:
    shares = [line for line in found.money.lines if line.money.kind == kind]
    if kind not in found.money.pays():
        return PaidLine(str(LINE_LABELS[kind]), None, (_paid_by(found, shares[0].payer),))
    paid = found.money.paid(kind)
    notes = [_("Paid so far: %(amount)s", amount=format_money(paid, FUND_CURRENCY))] if paid > 0 else []
    amount = found.money.approved(kind)
    if kind == LineKind.ALLOWANCE:
        amount = amount if found.allowance_most_minor is None else min(amount, found.allowance_most_minor)
        allowance = allowances_of([found.seat.id], {found.seat.id: found.money}).get(found.seat.id)
        notes += [parts_in_brief(allowance)] if allowance and allowance.advance else []
    if kind == LineKind.FARE:
        notes.append(_ticket_words(found))
        amount = (found.record.ticket_minor if found.record else None) or amount
    return PaidLine(str(LINE_LABELS[kind]), amount, tuple(note for note in notes if note))


def _ticket_words(found: Travelling) -> str:
    record = found.record
    if record is None or record.ticket_issued_on is None:
        return _("Up to this amount; bought for you, not by you.")
    return _("Bought for you on %(day)s", day=format_day(record.ticket_issued_on))


def _paid_by(found: Travelling, payer: str) -> str:
    if payer == Payer.OTHER and found.person.payer_other:
        return _("Paid by: %(payer)s", payer=found.person.payer_other)
    return _("Paid by: %(payer)s", payer=_(PAYER_LABELS[payer]))


def journey_name(session: Session) -> str:
    """What the page is called."""
    place = session.place(current_language())
    return _("Your journey to %(place)s", place=place) if place else _("Your journey")
