"""The list of participants as registration systems give it, column by column, and how a row of it is read."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.accounts.names import state_named_by
from tracker.errors import Invalid
from tracker.imports.cells import code, read_day, storable
from tracker.imports.days import rewrite_days
from tracker.imports.hints import Hints
from tracker.imports.report import Finding, Remarks
from tracker.imports.tables import Row, fault_of_extra_cells
from tracker.languages.addresses import normal_email
from tracker.languages.marking import N_, lazy
from tracker.languages.seen_text import one_line
from tracker.search.folding import flatten

COLUMNS = {
    "email": N_("address of e-mail; also read as “e-mail address”, “courriel”"),
    "family_name": N_("family name; also read as “last name”, “surname”, “nom”"),
    "given_name": N_("given name; also read as “first name”, “prénom”"),
    "name": N_("the whole name, where it stands in one column; also read as “full name”, “participant”"),
    "state": N_("State: ISO 3166 code of three letters, or its name; also read as “country”, “delegation”, “pays”"),
    "first_day": N_("first day on which the person was present, YYYY-MM-DD; also read as “present from”"),
    "last_day": N_("last day on which the person was present; also read as “present until”"),
    "days": N_(
        "instead of both: the days on which the person was present, with semicolons between them; or a column for each "
        "day, with the day as its heading and a mark where the person was present"
    ),
}
_ALSO = {
    "email": "e-mail, e_mail, mail, email_address, e-mail_address, courriel, adresse_électronique, adresse_e-mail",
    "family_name": "family, last_name, lastname, surname, nom, nom_de_famille",
    "given_name": "given, first_name, firstname, forename, given_names, prénom, prénoms, prenom",
    "name": "full_name, fullname, participant, delegate, nom_complet, nom_et_prénom",
    "state": "country, delegation, state_iso3, iso3, member_state, pays, état, délégation",
    "first_day": "present_from, first_day_present, attended_from, premier_jour, présent_du",
    "last_day": "present_until, present_to, last_day_present, attended_until, dernier_jour, présent_au",
    "days": "days_present, dates_present, days_attended, dates, attendance, jours, jours_de_présence",
}
NAMES = {**{name: name for name in COLUMNS}, **{a: name for name, all_ in _ALSO.items() for a in all_.split(", ")}}
"""Every heading that is understood, with the column that it means."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ABSENT = frozenset(("", "0", "n", "no", "non", "-", "–", "a", "absent", "absente", "false"))
_BETWEEN = re.compile(r"[;,|\n]+")


@dataclass(frozen=True, slots=True)
class Present:
    """A row as it is understood. `words` are those of the name, folded; `first` and `last` are None where the file
    shows no day; `gaps` are days between them that it does not show."""

    email: str
    name: str
    words: frozenset[str]
    iso3: str | None
    first: date | None
    last: date | None
    gaps: tuple[date, ...] = ()


def words_of(name: str) -> frozenset[str]:
    """The folded words of a name: "DIALLO, Aminata" and "Aminata Diallo" are one."""
    return frozenset(flatten(name).split())


def by_column(rows: list[Row]) -> list[Row]:
    """The rows with their cells under our names of the columns, the days of a column each as `days`. Raises Invalid
    where two headings mean one column, or what is needed is not there."""
    headings = list(rows[0][1]) if rows else []
    meant: dict[str, str] = {}
    for heading in headings:
        name = NAMES.get(heading)
        if name in meant:
            raise Invalid(
                lazy("Two columns hold the same: %(one)s and %(other)s. Keep one.", one=meant[name], other=heading)
            )
        if name is not None:
            meant[name] = heading
    days = [heading for heading in headings if _DAY.fullmatch(heading)]
    if not meant.keys() & {"email", "name", "family_name"}:
        raise Invalid(lazy("The file needs a column with addresses (email) or names (family_name, name)."))
    if not (days or "days" in meant or {"first_day", "last_day"} <= meant.keys()):
        raise Invalid(lazy("The file needs columns that show the days: first_day and last_day, or days."))
    return [(number, _cells(cells, meant, days)) for number, cells in rows]


def _cells(cells: dict[str, str], meant: dict[str, str], days: list[str]) -> dict[str, str]:
    plain = {name: storable(cells.get(meant.get(name, ""), "")) if name in meant else "" for name in COLUMNS}
    if days:
        marked = [day for day in days if code(cells.get(day, "")).casefold() not in _ABSENT]
        plain["days"] = ";".join((*marked, *filter(None, [plain["days"]])))
    return plain | {name: text for name, text in cells.items() if name == ""}


def rewritten(rows: list[Row], hints: Hints) -> list[Finding]:
    """Rewrite every day as YYYY-MM-DD where it can be read; gives the remark on their order."""
    parts: list[Row] = []
    for number, cells in rows:
        listed = [part for part in _BETWEEN.split(cells["days"]) if part.strip()]
        whole = {name: cells[name] for name in ("first_day", "last_day")}
        parts.append((number, whole | {str(place): part for place, part in enumerate(listed)}))
    columns = {name for _number, cells in parts for name in cells}
    notes = rewrite_days(parts, sorted(columns), hints.dates)
    for (_number, cells), (_same, read) in zip(rows, parts, strict=True):
        cells.update({name: read.pop(name) for name in ("first_day", "last_day")})
        cells["days"] = ";".join(read.values())
    return notes


def check(row: int, cells: dict[str, str]) -> tuple[Present | None, list[Finding]]:
    """A row of the list, or None; with a finding for each field that has a fault."""
    remarks = Remarks(row, "")
    for field, reason, said in fault_of_extra_cells(cells):
        remarks.fault(field, reason, **said)
    plain = {name: " ".join(one_line(cells[name]).split()) for name in COLUMNS}
    name = plain["name"] or f"{plain['given_name']} {plain['family_name']}".strip()
    email = normal_email(plain["email"]) if plain["email"] else ""
    if not name and not email:
        remarks.fault("row", N_("The row has neither an address nor a name."))
    days = _days(cells, remarks)
    if remarks.refused:
        return None, remarks.findings
    iso3 = state_named_by(plain["state"]) if plain["state"] else None
    first, last = (days[0], days[-1]) if days else (None, None)
    listed = bool(cells["days"])
    gaps = tuple(day for day in _between(first, last) if day not in days) if listed else ()
    return Present(email[:254], name[:160], words_of(name), iso3, first, last, gaps), remarks.findings


def _days(cells: dict[str, str], remarks: Remarks) -> list[date]:
    """The days of a row in their order: those listed, or the first and the last."""
    found = [read_day(part, "days", remarks) for part in cells["days"].split(";") if part.strip()]
    if not found:
        first = read_day(cells["first_day"], "first_day", remarks)
        last = read_day(cells["last_day"], "last_day", remarks)
        if (first is None) != (last is None) and not remarks.refused:
            remarks.fault("first_day" if first is None else "last_day", N_("The row has only one of both days."))
        if first is not None and last is not None and last < first:
            remarks.fault("last_day", N_("The last day is before the first."))
        found = [first, last]
    return sorted({day for day in found if day is not None})


def _between(first: date | None, last: date | None) -> list[date]:
    if first is None or last is None:
        return []
    return [date.fromordinal(day) for day in range(first.toordinal(), min(last.toordinal(), first.toordinal() + 366))]
