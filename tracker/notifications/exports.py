"""Deliveries that went wrong as a list that can be taken away as a file."""

from flask_babel import gettext as _

from tracker.documents.describing import Cell, Column, Kind
from tracker.documents.lists import Filters, Listed, ListKind, lines
from tracker.languages.marking import lazy
from tracker.notifications import queries
from tracker.notifications.lifecycle import STATUS_LABELS, Status
from tracker.notifications.queries import FailedDelivery
from tracker.rights.actor import Actor


def _deliveries(actor: Actor, _parts: Filters, limit: int) -> Listed:
    columns = (
        *(Column(_("About")), Column(_("Kind")), Column(_("Request")), Column(_("Recipient"), wide=True)),
        *(Column(_("Status")), Column(_("Reason")), Column(_("What was said"))),
        *(Column(_("Tries"), Kind.NUMBER), Column(_("Since"), Kind.MOMENT), Column(_("What comes next"))),
    )
    rows, _further = queries.failed_deliveries(actor, limit=limit)
    return Listed(columns, lines(_cells(row) for row in rows))


def _cells(row: FailedDelivery) -> tuple[Cell, ...]:
    delivery = row.delivery
    about = (row.about, row.kind, row.reference, row.recipient, _(STATUS_LABELS[Status(delivery.status)]))
    return *about, row.reason, row.said, delivery.tries, delivery.created_at, row.next_step


EXPORTED = (ListKind("deliveries", lazy("Deliveries"), "notifications.deliveries", ("staff",), _deliveries),)
