"""The seats that a pledge paid as one table, for its page and its file."""

from collections.abc import Sequence

from flask_babel import gettext as _

from tracker.documents.describing import Column, Kind, Table
from tracker.languages.choosing import current_language
from tracker.money import FUND_CURRENCY
from tracker.participation.seats.lifecycle import USE_LABELS, SeatUse
from tracker.participation.seats.queries import PaidSeat
from tracker.pledges.presenting import kind_name, not_named
from tracker.reference.names import state_name


def seats_table(seats: Sequence[PaidSeat]) -> Table:
    """A row for each seat, and their sums. Of what the reader may not know it says the amounts alone."""
    columns = (
        Column(_("State"), wide=True),
        Column(_("Kind")),
        Column(_("Session")),
        Column(_("Was the seat used?")),
        Column(_("Seats"), Kind.NUMBER),
        Column(_("Held"), Kind.AMOUNT, FUND_CURRENCY),
        Column(_("Paid"), Kind.AMOUNT, FUND_CURRENCY),
    )
    number = sum(seat.counted for seat in seats if seat.described)
    sums = (sum(seat.held_minor for seat in seats), sum(seat.paid_minor for seat in seats))
    rows = tuple((*_known(seat), seat.held_minor, seat.paid_minor) for seat in seats)
    return Table(_("Seats that it paid"), columns, rows, (_("All"), "", "", "", number, *sums))


def _known(seat: PaidSeat) -> tuple[str, str, str, str, int | None]:
    if not seat.described:
        return not_named(seat.marking), "", "", "", None
    language = current_language()
    session = seat.session.title(language) if seat.session else ""
    use = _(USE_LABELS[seat.use]) if seat.use else ""
    if seat.use == SeatUse.UNUSED and seat.paid_minor:
        use = _("No: cost without journey")
    return state_name(seat.iso3, language), kind_name(seat.kind), session, use, int(seat.counted)
