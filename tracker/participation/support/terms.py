"""What a session's support says, as it is typed, kept, copied and read by every other stage: one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tracker.participation.support.dates import StepDay, day_of, step_days
from tracker.participation.support.lifecycle import PAID_LINES, PASSPORT_MONTHS, STEPS, Cabin, Passport

USUAL_DAYS = {name: step.days for name, step in STEPS.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """A published rule that orders States: what it prefers (`RULE_KINDS`), and where the States agreed on it."""

    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class VisaNeed:
    """How many days a visa takes for a nationality and a kind of passport."""

    nationality_iso3: str
    passport: str
    days: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the office decides. `days` has every step; `fixed` has those that have a day of their own, also the day on
    which nominations close where it is not counted back. `rules` stand in their order. The telephone
    numbers are for delegates: in office hours, and at night and at weekends."""

    seats: int
    first_pass: int
    seats_per_state: int
    alternates_per_state: int
    rule_set: str
    cabin: str = Cabin.ECONOMY
    route: str = ""
    pays: frozenset[str] = frozenset(PAID_LINES) - {"insurance"}
    days: Mapping[str, int] = field(default_factory=lambda: dict(USUAL_DAYS), hash=False)
    fixed: Mapping[str, date] = field(default_factory=dict, hash=False)
    rules: tuple[Rule, ...] = ()
    visa_days: int = 30
    passport_months: int = PASSPORT_MONTHS
    visa_needs: tuple[VisaNeed, ...] = ()
    phone_day: str = ""
    phone_night: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """A session's support as it stands: its terms, and the facts of the session that they are about."""

    session_id: int
    code: str
    version: int
    starts_on: date | None
    ends_on: date | None
    airport_iata: str | None
    timezone: str | None
    closing_on: date | None
    copied_from: str | None
    set_up_on: date
    terms: Terms
    done: Mapping[str, date] = field(default_factory=dict, hash=False)
    """Steps that have taken place by what other rooms know (`queries.learn_done`), each with its day."""

    @property
    def late_behind(self) -> bool:
        """Whether late nominations stand behind all that came in time: the first rule says so."""
        return bool(self.terms.rules) and self.terms.rules[0].kind == "in_time"

    def day_of(self, step: str) -> date | None:
        """The day of a step (`STEPS`); None while the session's first day is not known."""
        return day_of(step, self.starts_on, self.terms.days, self._fixed)

    def steps(self, today: date) -> tuple[StepDay, ...]:
        """Every step on its day. It is announced once it is set up, and nominations close by themselves."""
        done = {"announce": self.set_up_on, **self.done}
        if self.closing_on and self.closing_on < today:
            done["nominations"] = self.closing_on
        return step_days(self.starts_on, self.terms.days, self._fixed, done=done, today=today)

    @property
    def _fixed(self) -> Mapping[str, date]:
        return {**self.terms.fixed, **({"nominations": self.closing_on} if self.closing_on else {})}

    def days_for_visa(self, nationality_iso3: str | None, passport: str = Passport.ORDINARY) -> int:
        """How many days a visa takes for a nationality and a kind of passport."""
        known = {
            need.passport: need.days for need in self.terms.visa_needs if need.nationality_iso3 == nationality_iso3
        }
        return known.get(passport, known.get(Passport.ANY, self.terms.visa_days))
