"""Pledges from files: the flows of the Financial Tracking Service (FTS) of OCHA, as its CSV export has them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker import money
from tracker.errors import Invalid
from tracker.i18n import N_, lazy
from tracker.intake.comparing import content_hash
from tracker.intake.reading import Source, table_rows
from tracker.intake.report import Done, Finding
from tracker.pledges.lifecycle import Status
from tracker.reference.names import find_state

COLUMNS = frozenset({"id", "date", "amountUSD", "srcOrganization", "status", "originalAmount", "originalCurrency"})
# A promise without agreement is offered, a commitment is signed; what was paid elsewhere is closed here:
# its money never passed through our ledger.
STATUSES = {"pledge": Status.OFFERED, "commitment": Status.SIGNED, "paid": Status.CLOSED}


@dataclass(frozen=True, slots=True)
class Flow:
    """One row of the export as we take it; `donor` is a State's code or the organisation's name."""

    row: int
    source_id: str
    donor_iso3: str | None
    donor: str
    title: str
    amount_minor: int
    currency: str
    status: Status
    day: date
    hash: str


def read(source: Source) -> list[tuple[int, dict[str, str]]]:
    """The rows of an FTS export. Raises Invalid when the columns are others."""
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("Pledges are read from the FTS export as CSV or XLSX."))
    rows = list(table_rows(source))
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    missing = COLUMNS - set(rows[0][1])
    if missing:
        raise Invalid(
            lazy("These columns of the FTS export are missing: %(columns)s.", columns=", ".join(sorted(missing)))
        )
    return rows


def check(row: int, cells: dict[str, str], today: date) -> Flow | Finding:
    """The row as a flow, or the finding that says why it cannot be taken."""
    try:
        return _flow(row, cells, today)
    except _Refused as refused:
        return Finding(row, refused.field, refused.reason, Done.SKIPPED, refused.values, cells.get("id", "")[:120])


class _Refused(Exception):
    """The row cannot be taken."""

    def __init__(self, field: str, reason: str, **values: Any) -> None:
        super().__init__(reason)
        self.field, self.reason, self.values = field, reason, values


def _flow(row: int, cells: dict[str, str], today: date) -> Flow:
    source_id = cells["id"].strip()
    if not source_id:
        raise _Refused("id", N_("The row has no identifier."))
    donor = " ".join(cells["srcOrganization"].split())
    if not donor:
        raise _Refused("srcOrganization", N_("The row names no donor."))
    status = STATUSES.get(cells["status"].strip().lower())
    if status is None:
        raise _Refused("status", N_("The status is not known: %(text)s."), text=cells["status"][:40])
    amount, currency = _amount(cells)
    day = _day(cells, today)
    text = cells.get("description", "").replace("\x00", "")
    return Flow(
        row=row,
        source_id=source_id[:120],
        donor_iso3=government(donor),
        donor=donor[:200],
        title=_shortened(text) or donor[:200],
        amount_minor=amount,
        currency=currency,
        status=status,
        day=day,
        hash=content_hash(donor, text, amount, currency, status, day),
    )


def government(donor: str) -> str | None:
    """The State behind "Norway, Government of"; None for every other donor, also one that only names a State."""
    name, comma, rest = donor.rpartition(",")
    if not comma or rest.strip().casefold() != "government of":
        return None
    # "Korea, Republic of" is written the other way round in lists.
    head, inverted, tail = name.partition(",")
    found = find_state(name) or (find_state(f"{tail.strip()} {head.strip()}") if inverted else None)
    return found or find_state(name.partition("(")[0])


def _amount(cells: dict[str, str]) -> tuple[int, str]:
    """The amount as it was given, else the one in US dollars. It must be above zero."""
    text, currency, field = cells["originalAmount"].strip(), cells["originalCurrency"].strip().upper(), "originalAmount"
    if not text:
        text, currency, field = cells["amountUSD"].strip(), "USD", "amountUSD"
    if not text:
        raise _Refused("amountUSD", N_("The row has no amount."))
    if not currency:
        raise _Refused("originalCurrency", N_("The amount has no currency."))
    if not money.is_currency(currency):
        raise _Refused("originalCurrency", N_("The currency is not known: %(text)s."), text=currency[:10])
    try:
        major = Decimal(text.replace("\u00a0", "").replace(" ", ""))
    except ArithmeticError:
        raise _Refused(field, N_("“%(text)s” is no amount."), text=text[:40]) from None
    if not major.is_finite() or major <= 0:
        raise _Refused(field, N_("The amount must be above zero; it is %(text)s."), text=text[:40])
    minor = (major * 10 ** money.digits(currency)).to_integral_value()
    if not 1 <= minor <= 10**15:
        raise _Refused(field, N_("The amount is beyond what can be kept: %(text)s."), text=text[:40])
    return int(minor), currency


def _day(cells: dict[str, str], today: date) -> date:
    text = (cells.get("decisionDate", "") or cells["date"]).strip()[:10]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _Refused("date", N_("“%(text)s” is no date of the form YYYY-MM-DD."), text=text[:40]) from None
    if day > today:
        raise _Refused("date", N_("The date lies in the future."))
    return day


def _shortened(text: str, most: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"


def donor_codes(names: Iterator[str] | list[str], taken: set[str]) -> dict[str, str]:
    """A code [A-Z0-9]{2,8} for each donor that is no State: its initials, numbered where they are taken."""
    given: dict[str, str] = {}
    used = set(taken)
    for name in sorted(set(names)):
        letters = [
            word[0].upper() for word in name.replace("/", " ").split() if word[0].isascii() and word[0].isalnum()
        ]
        stem = ("".join(letters) or "DONOR")[:5].ljust(2, "X")
        code, number = stem, 1
        while code in used or (len(code) == 3 and find_state(code)):
            number += 1
            code = f"{stem}{number}"
        used.add(code)
        given[name] = code
    return given
