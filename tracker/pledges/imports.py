"""Pledges from files: the flows of the Financial Tracking Service (FTS) of OCHA, as its CSV export has them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tracker.accounts.names import state_named_by
from tracker.errors import Invalid
from tracker.files.damaged import refused_when_damaged
from tracker.imports.cells import code, read_amount, read_currency, read_day, storable
from tracker.imports.comparing import content_hash
from tracker.imports.days import rewrite_days
from tracker.imports.reading import Source
from tracker.imports.report import Finding, Records, Remarks
from tracker.imports.tables import fault_of_extra_cells, table_rows
from tracker.languages.marking import N_, lazy
from tracker.languages.seen_text import one_line
from tracker.pledges.lifecycle import Status
from tracker.reference.names import find_state

REQUIRED = frozenset({"id", "date", "amountUSD", "srcOrganization", "status"})
COLUMNS = REQUIRED | {"originalAmount", "originalCurrency", "decisionDate", "description"}
DAYS = ("date", "decisionDate")
# A promise without agreement is offered, a commitment is signed; what was paid elsewhere is closed here:
# its money never passed through our ledger.
STATUSES = {"pledge": Status.OFFERED, "commitment": Status.SIGNED, "paid": Status.CLOSED}
_LONGEST_ID, _LONGEST_NAME, _LONGEST_CODE = 120, 200, 8


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


@refused_when_damaged()
def read(source: Source) -> Records:
    """The rows of an FTS export. Raises Invalid when the columns are others."""
    if source.type not in ("csv", "xlsx"):
        raise Invalid(lazy("Pledges are read from the FTS export as CSV or XLSX."))
    rows = list(table_rows(source, COLUMNS))
    if not rows:
        raise Invalid(lazy("The file has no rows."))
    missing = REQUIRED - set(rows[0][1])
    if missing:
        raise Invalid(
            lazy("These columns of the FTS export are missing: %(columns)s.", columns=", ".join(sorted(missing)))
        )
    return Records(rows, rewrite_days(rows, DAYS, source.hints.dates))


def check(row: int, cells: dict[str, str], today: date) -> tuple[Flow | None, list[Finding]]:
    """The row as a flow, or None; with a finding for each field that has a fault, or for each change."""
    plain = {name: storable(text) for name, text in cells.items()}
    remarks = Remarks(row, plain["id"].strip()[:_LONGEST_ID])
    for name in (name for name in COLUMNS if name in cells and plain[name] != cells[name]):
        remarks.change(name, N_("A character that cannot be stored was taken out."))
    for field, reason, said in fault_of_extra_cells(plain):
        remarks.fault(field, reason, **said)
    source_id, donor = _id(plain, remarks), _donor(plain, remarks)
    status = STATUSES.get(code(plain["status"]).lower())
    if not plain["status"].strip():
        remarks.fault("status", N_("The row has no status."))
    elif status is None:
        remarks.fault("status", N_("The status is not known: %(text)s."), text=plain["status"].strip()[:40])
    amount, currency = _amount(plain, remarks)
    day = _day(plain, today, remarks)
    if remarks.refused or status is None or amount is None or day is None:
        return None, remarks.findings
    text = plain.get("description", "")
    flow = Flow(
        row=row,
        source_id=source_id,
        donor_iso3=state_named_by(donor),
        donor=donor,
        title=_shortened(text) or donor,
        amount_minor=amount,
        currency=currency,
        status=status,
        day=day,
        hash=content_hash(donor, text, amount, currency, status, day),
    )
    return flow, remarks.findings


def _id(cells: dict[str, str], remarks: Remarks) -> str:
    """The flow's id. It is never cut: two long ones could become the same."""
    text = cells["id"].strip()
    if not text:
        remarks.fault("id", N_("The row has no identifier."))
    elif len(text) > _LONGEST_ID:
        reason = N_("The text has %(length)d characters; at most %(most)d.")
        remarks.fault("id", reason, length=len(text), most=_LONGEST_ID)
    return text


def _donor(cells: dict[str, str], remarks: Remarks) -> str:
    donor = " ".join(one_line(cells["srcOrganization"]).split())
    if not donor:
        remarks.fault("srcOrganization", N_("The row names no donor."))
    elif len(donor) > _LONGEST_NAME:
        reason = N_("The text has %(length)d characters; %(most)d were kept.")
        remarks.change("srcOrganization", reason, length=len(donor), most=_LONGEST_NAME)
    return donor[:_LONGEST_NAME]


def _amount(cells: dict[str, str], remarks: Remarks) -> tuple[int | None, str]:
    """The amount as it was given, else the one in US dollars. It must be above zero."""
    text, field, currency = cells.get("originalAmount", ""), "originalAmount", None
    if text.strip():
        currency = read_currency(cells.get("originalCurrency", ""), "originalCurrency", remarks)
    else:
        text, field, currency = cells["amountUSD"], "amountUSD", "USD"
    if not text.strip():
        remarks.fault(field, N_("The row has no amount."))
        return None, "USD"
    # Without a currency the figure is looked at all the same, so that both faults are told at once.
    return read_amount(text, currency or "USD", field, remarks), currency or "USD"


def _day(cells: dict[str, str], today: date, remarks: Remarks) -> date | None:
    """The day of the decision, else of the report."""
    field = "decisionDate" if cells.get("decisionDate", "").strip() else "date"
    if not cells[field].strip():
        remarks.fault(field, N_("The row has no date."))
        return None
    day = read_day(cells[field], field, remarks)
    if day and day > today:
        remarks.fault(field, N_("The date lies in the future."))
    return day


def _shortened(text: str, most: int = 200) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rsplit(" ", 1)[0] + "…"


def donor_codes(names: Iterator[str] | list[str], taken: set[str]) -> dict[str, str]:
    """A code [A-Z0-9]{2,8} for each donor that is no State: its initials, numbered where they are taken."""
    given: dict[str, str] = {}
    used = set(taken)
    numbers: Counter[str] = Counter()  # of each stem, so that thousands with the same one are counted on
    for name in sorted(set(names)):
        letters = [
            word[0].upper() for word in name.replace("/", " ").split() if word[0].isascii() and word[0].isalnum()
        ]
        stem = ("".join(letters) or "DONOR")[:5].ljust(2, "X")
        own = stem
        while own in used or (len(own) == 3 and find_state(own)):
            numbers[stem] += 1
            suffix = str(numbers[stem] + 1)
            own = stem[: _LONGEST_CODE - len(suffix)] + suffix
        used.add(own)
        given[name] = own
    return given
