"""The lists of the finance desk that can be taken away: of a strictly confidential request the amounts alone."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.lifecycle import Marking
from tracker.calendar.now import today
from tracker.documents.describing import Amount, Cell, Column, Kind
from tracker.documents.lists import Filters, Line, Listed, ListKind, lines
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries
from tracker.pledges.lifecycle import ACTS, METHODS, PAYEE_KINDS
from tracker.pledges.presenting import AHEAD
from tracker.pledges.queries.finance import Paid, Waiting
from tracker.reference.names import state_name
from tracker.rights.actor import MONEY_PLANNERS, Actor

FINANCE_READERS = (*MONEY_PLANNERS, "auditor")


def _allocations(actor: Actor, _parts: Filters, limit: int, *, held: bool) -> Listed:
    rows = queries.waiting(actor, limit=limit)[held]
    amounts = (_("Held"),) if held else (_("Available"), _("Planned"))
    columns = (
        *(Column(_("Pledge")), Column(_("Request")), Column(_("State"), wide=True)),
        *(Column(_("Planned on"), Kind.DAY), Column(_("Planned by")), Column(_("Approved on"), Kind.DAY)),
        *(Column(label, Kind.AMOUNT, FUND_CURRENCY) for label in amounts),
    )
    return Listed(columns, tuple(Line(_allocation(row, held), _asks(row.request.marking)) for row in rows))


def _allocation(row: Waiting, held: bool) -> tuple[Cell, ...]:
    one = row.allocation
    amounts = (row.held_minor,) if held else (row.available_minor, one.amount_minor)
    known = _known(row.request.reference, row.request.state_iso3, row.request.marking)
    return row.pledge.reference, *known, one.planned_at, row.planned_by, one.approved_at, *amounts


def _asks(marking: str) -> str:
    """The marking by which a row of money leaves: where it stands with its amounts alone, it asks for nothing."""
    return "" if marking == Marking.STRICTLY_CONFIDENTIAL else marking


def _known(reference: str | None, iso3: str | None, marking: str) -> tuple[str, str]:
    if marking == Marking.STRICTLY_CONFIDENTIAL:
        return _("strictly confidential"), ""
    return reference or "", state_name(iso3, current_language()) if iso3 else ""


def _instalments(actor: Actor, _parts: Filters, limit: int) -> Listed:
    columns = (
        *(Column(_("Pledge")), Column(_("Donor"), wide=True), Column(_("Due on"), Kind.DAY)),
        *(Column(_("Amount"), Kind.NUMBER), Column(_("Currency")), Column(_("Days left"), Kind.NUMBER)),
    )
    rows = queries.due_instalments(actor, until=today() + AHEAD, limit=limit)
    amounts = (
        (row.reference, row.donor, row.due_on, Amount(row.outstanding_minor, row.currency), row.currency, row.days)
        for row in rows
    )
    return Listed(columns, lines(amounts))


def _payments(actor: Actor, _parts: Filters, limit: int) -> Listed:
    columns = (
        *(Column(_("Pledge")), Column(_("Request")), Column(_("Value date"), Kind.DAY), Column(_("Step"))),
        *(Column(_("Payee")), Column(_("Method")), Column(_("Reference")), Column(_("Recorded by"))),
        *(Column(_("Amount"), Kind.AMOUNT, FUND_CURRENCY), Column(_("Reversed by step"), Kind.NUMBER)),
    )
    return Listed(columns, _of_payments(queries.latest_payments(actor, limit=limit)))


def _of_payments(rows: Sequence[Paid]) -> tuple[Line, ...]:
    return tuple(Line(_payment(row), _asks(row.marking)) for row in rows)


def _payment(row: Paid) -> tuple[Cell, ...]:
    paid: Any = row.payment
    strict = row.marking == Marking.STRICTLY_CONFIDENTIAL
    amount = -paid.amount_minor if paid.direction == "recovered" else paid.amount_minor
    return (
        *(row.pledge_reference, _("strictly confidential") if strict else row.request_reference),
        *(row.act.value_date, str(ACTS[row.act.name].label), str(PAYEE_KINDS[paid.payee_kind])),
        *(str(METHODS[paid.method]), row.act.external_reference or "", row.by, amount, row.reversed_by),
    )


def _kind(name: str, label: Any, read: Any) -> ListKind:
    return ListKind(name, label, "finance.desk", FINANCE_READERS, read)


EXPORTED = (
    _kind("allocations-to-approve", lazy("Allocations to approve"), partial(_allocations, held=False)),
    _kind("allocations-held", lazy("Held, to be paid"), partial(_allocations, held=True)),
    _kind("instalments", lazy("Instalments outstanding, and due within 60 days"), _instalments),
    _kind("payments", lazy("Latest payments"), _payments),
)
