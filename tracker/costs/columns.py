"""The two tables in which the office's rates and rules come, column by column, and how a row of each is read."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.costs.rows import CABINS, FURTHEST, OWN, What
from tracker.costs.rule_sets import is_parameter, percent_of
from tracker.imports.cells import code, read_amount, read_currency, read_day, storable
from tracker.imports.report import Finding, Remarks
from tracker.imports.tables import fault_of_extra_cells
from tracker.languages.marking import N_
from tracker.languages.seen_text import one_line

_LONGEST_SOURCE, _LONGEST_CODE = 160, 20
RATE_COLUMNS = {
    "what": N_("daily, fare, terminal, insurance, insurance_day, visa or consulate"),
    "place": N_("airport (IATA code) of the place; empty for all places without a row of their own, and for fares"),
    "cabin": N_("economy or business, for a fare"),
    "over_km": N_("kilometres above which a fare counts (0 at first)"),
    "up_to_km": N_("kilometres up to which a fare counts"),
    "season_first": N_("first day of the season of a daily rate; empty for all the year"),
    "season_last": N_("last day of the season"),
    "amount": N_("amount in units of its currency; of a fare the return ticket"),
    "currency": N_("ISO 4217 code"),
    "effective_from": N_("first day on which the row is in force, YYYY-MM-DD"),
    "source": N_("circular, tariff or contract that the row comes from"),
}
RATE_REQUIRED = ("what", "amount", "currency", "effective_from", "source")
RULE_COLUMNS = {
    "rule_set": N_("short code of the rule set"),
    "valid_from": N_("first day on which its rows are in force, YYYY-MM-DD"),
    "parameter": N_("last_day, same_day, transit_night, advance, contingency, provided_… or long_stay_from_day_…"),
    "percent": N_("percentage, between 0 and 100"),
    "source": N_("rule or circular that the row comes from"),
    "verified": N_("Y once somebody compared it with the rule itself"),
}
RULE_REQUIRED = tuple(RULE_COLUMNS)[:5]
DAYS = ("season_first", "season_last", "effective_from", "valid_from")


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of the table of rates as it is understood; `origin` says whether it is the office's own."""

    what: str
    place: str
    cabin: str
    over_km: int
    up_to_km: int
    season_first: date | None
    season_last: date | None
    amount: int
    currency: str
    effective_from: date
    source: str
    origin: str = OWN

    @property
    def key(self) -> str:
        """What no two rows have in common: whose they are, what for, where, for which season, from which day."""
        said = (self.what, self.place, self.cabin, self.over_km, self.season_first or "", self.effective_from)
        return " ".join(map(str, (self.origin, *said)))

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return {**asdict(self), "key": self.key}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table of rules as it is understood."""

    rule_set: str
    valid_from: date
    parameter: str
    percent: Decimal
    source: str
    verified: bool

    @property
    def whole(self) -> tuple[str, date]:
        """The rule set and the day from which this row is one of its rows."""
        return self.rule_set, self.valid_from

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the row."""
        return asdict(self)


def check_rate(row: int, cells: dict[str, str], airports: Collection[str]) -> tuple[Rate | None, list[Finding]]:
    """A row of the table of rates, or None; with a finding for each field that has a fault."""
    plain, remarks = _plain(row, cells, RATE_COLUMNS)
    what = code(plain["what"]).lower()
    if what not in list(What):
        remarks.fault("what", N_("It is not known what the rate is for: %(text)s."), text=what[:40])
    place = _place(plain, what, airports, remarks)
    cabin, over, up_to = _fare(plain, what, remarks)
    first, last = _season(plain, what, remarks)
    currency = read_currency(plain["currency"], "currency", remarks)
    amount = read_amount(plain["amount"], currency or "USD", "amount", remarks)
    day, source = _day(plain, "effective_from", remarks), _source(plain, remarks)
    if remarks.refused or amount is None or currency is None or day is None:
        return None, remarks.findings
    return Rate(what, place, cabin, over, up_to, first, last, amount, currency, day, source), remarks.findings


def check_rule(row: int, cells: dict[str, str]) -> tuple[Rule | None, list[Finding]]:
    """A row of the table of rules, or None; with a finding for each field that has a fault."""
    plain, remarks = _plain(row, cells, RULE_COLUMNS)
    rule_set, parameter = code(plain["rule_set"]), code(plain["parameter"]).lower()
    if not rule_set or len(rule_set) > _LONGEST_CODE:
        remarks.fault("rule_set", N_("A rule set has a code of at most %(most)d characters."), most=_LONGEST_CODE)
    if not is_parameter(parameter):
        remarks.fault("parameter", N_("“%(text)s” is no parameter of a rule set."), text=parameter[:40])
    fault, percent = percent_of(parameter, code(plain["percent"]))
    if fault:
        remarks.fault("percent", fault[0], **fault[1])
    day, source = _day(plain, "valid_from", remarks), _source(plain, remarks)
    if remarks.refused or day is None or percent is None:
        return None, remarks.findings
    verified = code(plain.get("verified", "")).upper() in ("Y", "YES", "O", "OUI")
    return Rule(rule_set, day, parameter, percent, source, verified), remarks.findings


def _plain(row: int, cells: dict[str, str], columns: Collection[str]) -> tuple[dict[str, str], Remarks]:
    plain = dict.fromkeys(columns, "") | {name: storable(text) for name, text in cells.items()}
    remarks = Remarks(row, "")
    for field, reason, said in fault_of_extra_cells(plain):
        remarks.fault(field, reason, **said)
    return plain, remarks


def _place(plain: dict[str, str], what: str, airports: Collection[str], remarks: Remarks) -> str:
    place = code(plain["place"]).upper()
    if place and place not in airports:
        remarks.fault("place", N_("There is no airport with the code %(text)s here."), text=place[:10])
    elif not place and what == What.DAILY:
        remarks.fault("place", N_("A daily rate is for a place: give the code of its airport."))
    elif place and what == What.FARE:
        remarks.fault("place", N_("A fare is by distance and has no place."))
    return place


def _fare(plain: dict[str, str], what: str, remarks: Remarks) -> tuple[str, int, int]:
    cabin, written = code(plain["cabin"]).lower(), {name: code(plain[name]) for name in ("over_km", "up_to_km")}
    if what != What.FARE:
        for name, text in {"cabin": cabin, **written}.items():
            if text not in ("", "0"):
                remarks.fault(name, N_("Only a fare has a class and distances."))
        return "", 0, 0
    if cabin not in CABINS:
        remarks.fault("cabin", N_("A fare is for economy or business class; it is “%(text)s”."), text=cabin[:20])
    over, up_to = (int(text) if text.isdecimal() and len(text) < 6 else -1 for text in written.values())
    if not 0 <= over < up_to <= FURTHEST:
        reason = N_("Give whole kilometres, the first below the second, at most %(most)d.")
        remarks.fault("up_to_km", reason, most=FURTHEST)
    return cabin, over, up_to


def _season(plain: dict[str, str], what: str, remarks: Remarks) -> tuple[date | None, date | None]:
    first, last = (read_day(plain[name], name, remarks) for name in ("season_first", "season_last"))
    written = [name for name in ("season_first", "season_last") if plain[name].strip()]
    if written and what != What.DAILY:
        remarks.fault(written[0], N_("Only a daily rate has a season."))
    elif len(written) == 1:
        remarks.fault("season_last", N_("A season has a first and a last day."))
    elif first and last and not 0 <= (last - first).days < 366:
        remarks.fault("season_last", N_("A season ends within a year after its first day."))
    return first, last


def _day(plain: dict[str, str], field: str, remarks: Remarks) -> date | None:
    if not plain[field].strip():
        remarks.fault(field, N_("Say from which day on the row is in force."))
        return None
    return read_day(plain[field], field, remarks)


def _source(plain: dict[str, str], remarks: Remarks) -> str:
    source = " ".join(one_line(plain["source"]).split())
    if not source:
        remarks.fault("source", N_("Say where the row comes from."))
    elif len(source) > _LONGEST_SOURCE:
        reason = N_("The text has %(length)d characters; at most %(most)d.")
        remarks.fault("source", reason, length=len(source), most=_LONGEST_SOURCE)
    return source
