"""The office's book of costs as it was opened once: the rates and rule sets by which estimates are counted. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.costs.rates import Rates
from tracker.costs.rule_sets import RuleSet, rule_set_on


@dataclass(frozen=True, slots=True)
class Book:
    """Rates of some places (or all), and every rule set."""

    rates: Rates
    rule_sets: tuple[RuleSet, ...]

    def rule_set(self, code: str, day: date) -> RuleSet | None:
        """The rules of a set in force on a day; None when the set begins later or does not exist."""
        return rule_set_on(self.rule_sets, code, day)
