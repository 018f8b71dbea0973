"""The table in which seats of earlier sessions come, column by column, and how a row of it is read."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tracker.accounts.names import state_named_by
from tracker.imports.cells import code, read_day, storable
from tracker.imports.report import Finding, Remarks
from tracker.imports.tables import fault_of_extra_cells
from tracker.languages.marking import N_
from tracker.languages.seen_text import one_line
from tracker.search.folding import flatten

COLUMNS = {
    "session": N_("code or name of the session, the same for all its rows"),
    "ended_on": N_("last day of the session, YYYY-MM-DD"),
    "state": N_("State: ISO 3166 code of three letters, or its name"),
    "seats": N_("how many funded seats the State used there"),
    "settled": N_("Y where the accounts of all these seats are settled, else N"),
    "source": N_("file or list of the office that the row comes from"),
}
DAYS = ("ended_on",)
_LONGEST_SESSION, _LONGEST_SOURCE, _MOST_SEATS = 80, 160, 99
_YES, _NO = ("Y", "YES", "O", "OUI"), ("N", "NO", "NON")


@dataclass(frozen=True, slots=True)
class Used:
    """A row as it is understood."""

    session: str
    ended_on: date
    state_iso3: str
    seats: int
    settled: bool
    source: str

    @property
    def key(self) -> tuple[str, str]:
        """What no two rows have in common: the session, however it is written, and the State."""
        return flatten(self.session), self.state_iso3

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return asdict(self)


def check(row: int, cells: dict[str, str], today: date) -> tuple[Used | None, list[Finding]]:
    """A row of the table, or None; with a finding for each field that has a fault."""
    plain = dict.fromkeys(COLUMNS, "") | {name: storable(text) for name, text in cells.items()}
    remarks = Remarks(row, "")
    for field, reason, said in fault_of_extra_cells(plain):
        remarks.fault(field, reason, **said)
    session = _text(plain, "session", _LONGEST_SESSION, remarks)
    source = _text(plain, "source", _LONGEST_SOURCE, remarks)
    iso3 = state_named_by(" ".join(one_line(plain["state"]).split()))
    if iso3 is None:
        remarks.fault("state", N_("No State has this code or name: %(text)s."), text=plain["state"].strip()[:40])
    ended_on, seats, settled = _over(plain, today, remarks), _seats(plain, remarks), _settled(plain, remarks)
    if remarks.refused or iso3 is None or ended_on is None or seats is None or settled is None:
        return None, remarks.findings
    return Used(session, ended_on, iso3, seats, settled, source), remarks.findings


def _text(plain: dict[str, str], field: str, longest: int, remarks: Remarks) -> str:
    text = " ".join(one_line(plain[field]).split())
    if not text:
        remarks.fault(field, N_("This cell is empty."))
    elif len(text) > longest:
        remarks.fault(
            field, N_("The text has %(length)d characters; at most %(most)d."), length=len(text), most=longest
        )
    return text


def _over(plain: dict[str, str], today: date, remarks: Remarks) -> date | None:
    if not plain["ended_on"].strip():
        remarks.fault("ended_on", N_("The row has no date."))
        return None
    day = read_day(plain["ended_on"], "ended_on", remarks)
    if day is not None and day >= today:
        remarks.fault("ended_on", N_("The session is not over: its seats are given and settled here."))
        return None
    return day


def _seats(plain: dict[str, str], remarks: Remarks) -> int | None:
    written = code(plain["seats"])
    number = int(written) if written.isdecimal() and len(written) < 4 else 0
    if not 1 <= number <= _MOST_SEATS:
        remarks.fault("seats", N_("Give a whole number of seats, from 1 to %(most)d."), most=_MOST_SEATS)
        return None
    return number


def _settled(plain: dict[str, str], remarks: Remarks) -> bool | None:
    written = code(plain["settled"]).upper()
    if written in _YES or written in _NO:
        return written in _YES
    remarks.fault("settled", N_("Write Y or N."))
    return None
