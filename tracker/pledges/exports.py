"""The lists of pledges and of their money that can be taken away as a file."""

import uuid

from flask_babel import gettext as _

from tracker.documents.describing import Amount, Cell, Column, Kind
from tracker.documents.lists import Filters, Listed, ListKind, lines
from tracker.errors import NotFound
from tracker.events import on_record
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries
from tracker.pledges.blueprint import SEES_PLEDGES
from tracker.pledges.ledger_columns import COLUMNS
from tracker.pledges.lifecycle import ACTS, STATUS_LABELS, Status
from tracker.pledges.models import Pledge
from tracker.pledges.presenting import reason_of
from tracker.pledges.queries import Use
from tracker.pledges.queries.lists import PledgeRow
from tracker.rights.actor import Actor

TAKEN_OVER = "taken-over"
"""The view of pledges that other lists keep."""


def _pledges(actor: Actor, parts: Filters, limit: int) -> Listed:
    status = parts.get("status", "")
    if status == TAKEN_OVER:
        rows = queries.list_pledges(actor, taken_over=True, limit=limit - 1)
        return Listed(_columns_taken_over(), lines(_taken_over(row) for row in rows), (_("Taken over"),))
    known = status if status in set(Status) else ""
    rows = queries.list_pledges(actor, status=known, limit=limit - 1)
    words = (_("Status: %(status)s", status=str(STATUS_LABELS[Status(known)])),) if known else ()
    return Listed(_columns(), lines(_cells(row) for row in rows), words)


def _columns() -> tuple[Column, ...]:
    return (
        *(Column(_("Reference")), Column(_("Pledge"), wide=True), Column(_("Donor")), Column(_("Status"))),
        *(Column(_("Pledged"), Kind.NUMBER), Column(_("Expected"), Kind.NUMBER), Column(_("Currency"))),
        *(Column(label, Kind.AMOUNT, FUND_CURRENCY) for label in (_("Available"), _("Held"), _("Paid"))),
        *(Column(_("Offered on"), Kind.DAY), Column(_("Accepted on"), Kind.DAY)),
        *(Column(_("Next instalment"), Kind.DAY), Column(_("Amount of the next instalment"), Kind.NUMBER)),
    )


def _cells(row: PledgeRow) -> tuple[Cell, ...]:
    pledge, sums = row.pledge, row.sums
    accepted = pledge.accepted_at is not None
    goes_on = pledge.status == Status.ACCEPTED and row.next_due is not None
    return (
        *(pledge.reference, pledge.title, row.donor, str(STATUS_LABELS[Status(pledge.status)])),
        Amount(pledge.amount_minor, pledge.currency),
        Amount(sums["expected"], pledge.currency) if accepted else None,
        pledge.currency,
        *(sums[kind] if accepted else None for kind in ("available", "held", "paid")),
        *(pledge.offered_at, pledge.accepted_at),
        row.next_due if goes_on else None,
        Amount(row.next_minor or 0, pledge.currency) if goes_on else None,
    )


def _columns_taken_over() -> tuple[Column, ...]:
    return (
        *(Column(_("Pledge"), wide=True), Column(_("Donor")), Column(_("Source")), Column(_("Recorded on"), Kind.DAY)),
        *(Column(_("Pledged"), Kind.NUMBER), Column(_("Currency"))),
    )


def _taken_over(row: PledgeRow) -> tuple[Cell, ...]:
    pledge = row.pledge
    source = f"{(pledge.source or '').upper()} {pledge.source_id or ''}".strip()
    pledged = Amount(pledge.amount_minor, pledge.currency)
    return pledge.title, row.donor, source, pledge.offered_at, pledged, pledge.currency


def pledge_of(actor: Actor, parts: Filters) -> Pledge:
    """The pledge that a list is about. Raises NotFound, also for one that the actor may not see."""
    try:
        return queries.get_visible(uuid.UUID(parts.get("public_id", "")), actor)
    except ValueError:
        raise NotFound from None


def opened(actor: Actor, parts: Filters) -> Pledge:
    """The same, once it is written down that an auditor opens it."""
    return on_record(lambda: pledge_of(actor, parts), actor=actor)


def _ledger(actor: Actor, parts: Filters, limit: int) -> Listed:
    pledge = pledge_of(actor, parts)
    uses: dict[int | None, Use] = {use.allocation.id: use for use in queries.uses_of_pledge(pledge, actor)}
    columns = (
        *(Column(_("Step"), wide=True), Column(_("Number"), Kind.NUMBER), Column(_("Date"), Kind.DAY)),
        *(Column(_("Reference")), Column(_("Reason"), wide=True)),
        *(Column(str(one.label), Kind.AMOUNT, one.currency(pledge.currency)) for one in COLUMNS),
        *(Column(_("Units for one US dollar"), Kind.NUMBER), Column(_("Rate of"), Kind.DAY), Column(_("Source"))),
    )
    steps = queries.ledger_of(pledge)[0][:limit]
    found = [_step(line, reason_of(line, uses.get(line.allocation_id), actor)) for line in steps]
    if actor.is_staff:
        columns = (*columns, Column(_("Confirmed")))
        said = _("Yes"), _("not confirmed yet")
        found = [(*cells, str(line.confirmed_in(said))) for cells, line in zip(found, steps, strict=True)]
    return Listed(columns, lines(found), titled=pledge.reference)


def _step(line: queries.LedgerLine, reason: str) -> tuple[Cell, ...]:
    act = line.act
    rate = (act.rate, act.rate_date, act.rate_source or "") if act.rate is not None else (None, None, "")
    said = (str(ACTS[act.name].label), act.number, act.value_date, act.external_reference or "", reason)
    return *said, *(line.changes.get(column.name, 0) for column in COLUMNS), *rate


EXPORTED = (
    ListKind("ledger", lazy("Ledger"), "pledges.show", SEES_PLEDGES, _ledger, opens=opened, filters=("public_id",)),
    ListKind("pledges", lazy("Pledges"), "pledges.index", SEES_PLEDGES, _pledges, filters=("status",)),
)
