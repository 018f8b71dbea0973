"""What is to be paid as a table for the finance system: the payee's number there, and no account of a bank."""

from collections.abc import Sequence

from flask_babel import gettext as _

from tracker.desks.queries.paying import ToPay
from tracker.documents.describing import Column, Kind, Table
from tracker.money import FUND_CURRENCY


def payment_table(rows: Sequence[ToPay]) -> Table:
    """A row for each payment that can be made now, and their sum."""
    columns = (
        Column(_("Payee number")),
        Column(_("Amount"), Kind.AMOUNT, FUND_CURRENCY),
        Column(_("Currency")),
        Column(_("Request"), wide=True),
        Column(_("Seat"), Kind.NUMBER),
        Column(_("Line")),
        Column(_("Pledge")),
        Column(_("Held since"), Kind.DAY),
    )
    cells = tuple(
        (
            _payee(one),
            one.amount_minor,
            FUND_CURRENCY,
            one.request,
            one.seat or None,
            str(one.line),
            one.pledge,
            one.since,
        )
        for one in rows
    )
    total = (_("All"), sum(one.amount_minor for one in rows), FUND_CURRENCY, "", None, "", "", None)
    return Table(_("Payments to make"), columns, cells, total)


def _payee(one: ToPay) -> str:
    """The payee's number for what goes to whoever sits in the seat; a fare goes to the agency."""
    return "" if one.kind == "fare" else one.payee
