"""The refunds that are expected as one table, for the page and the file."""

from collections.abc import Sequence

from flask_babel import gettext as _

from tracker.documents.describing import Column, Kind, Table
from tracker.languages.choosing import current_language
from tracker.money import FUND_CURRENCY
from tracker.participation.agency.refunds import Refund
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.reference.names import state_name


def refunds_table(refunds: Sequence[Refund]) -> Table:
    """A row for each refund that is expected, the oldest first, and their sum."""
    columns = (
        Column(_("Person"), wide=True),
        Column(_("State")),
        Column(_("Session")),
        Column(_("Seat")),
        Column(_("Ticket")),
        Column(_("Pledge")),
        Column(_("Expected since"), Kind.DAY),
        Column(_("Age in days"), Kind.NUMBER),
        Column(_("Expected"), Kind.AMOUNT, FUND_CURRENCY),
    )
    rows = tuple(_row(one) for one in refunds)
    total = sum(one.amount_minor for one in refunds)
    return Table(_("Refunds expected from the agency"), columns, rows, (_("All"), *[""] * 5, None, None, total))


def _row(one: Refund) -> tuple[str | int | None, ...]:
    state = state_name(one.iso3, current_language()) if one.iso3 else "–"
    stands = _(SEAT_LABELS[SeatStatus(one.seat.status)])
    known = (one.person.name, state, one.session.code, stands, one.tickets or "–", one.pledges or "–")
    return (*known, one.since, one.age, one.amount_minor)  # type: ignore[return-value]
