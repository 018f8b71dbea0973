"""The State's own requests as a list that can be taken away as a file."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance.lifecycle import KIND_LABELS, MARKING_LABELS, Kind, Marking, label_for_state
from tracker.assistance.listing import queries
from tracker.assistance.listing.filter_words import words_of
from tracker.assistance.page.other_capabilities import funding
from tracker.documents.describing import Amount, Cell, Column
from tracker.documents.describing import Kind as Cells
from tracker.documents.lists import Filters, Line, Listed, ListKind
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.rights.actor import Actor


def _requests(actor: Actor, parts: Filters, limit: int) -> Listed:
    filters = queries.Filters.read(parts)
    rows = queries.own_requests(actor, filters, limit=limit).rows
    money = funding([row.id for row in rows])
    columns = (
        *(Column(_("Reference")), Column(_("Title"), wide=True), Column(_("Kind")), Column(_("Status"))),
        *(Column(_("Marking")), Column(_("Begun on"), Cells.DAY), Column(_("Submitted on"), Cells.DAY)),
        *(Column(_("Last changed on"), Cells.DAY), Column(_("Due"), Cells.DAY)),
        *(Column(_("Asked"), Cells.NUMBER), Column(_("Currency"))),
        *(Column(label, Cells.AMOUNT, FUND_CURRENCY) for label in (_("Approved"), _("Allocated"), _("Paid"))),
    )
    found = tuple(Line(_cells(row, money.get(row.id)), row.marking) for row in rows)
    return Listed(columns, found, tuple(words_of(filters).values()))


def _cells(row: Any, money: Any) -> tuple[Cell, ...]:
    asked = Amount(row.amount_minor, row.currency) if row.amount_minor is not None else None
    sums = (money.approved_minor, money.allocated_minor, money.paid_minor) if money else (None, None, None)
    return (
        *(row.reference or "", row.title or _("Untitled draft"), _(KIND_LABELS[Kind(row.kind)])),
        *(_(label_for_state(row)), _(MARKING_LABELS[Marking(row.marking)])),
        *(row.created_at, row.submitted_at, row.updated_at, row.due_at),
        *(asked, row.currency if asked else "", *sums),
    )


EXPORTED = (
    ListKind("requests", lazy("Requests"), "assistance.index", ("state",), _requests, filters=("q", "status", "kind")),
)
