"""Which part of an allowance is paid before the journey, and what follows after it: one rule for every page and act."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from tracker.costs.rule_sets import HUNDRED, RuleSet


@dataclass(frozen=True, slots=True)
class Advance:
    """The part of an allowance that is paid in advance and the rest, in cents of the dollar, with the rule for it:
    `percent` of it, rounded half-even to cents, by `rule_set` of `valid_from`, which comes from `source`."""

    minor: int
    rest_minor: int
    percent: Decimal
    rule_set: str
    valid_from: date
    source: str


def advance_of(allowance_minor: int, rules: RuleSet) -> Advance:
    """What of an allowance (cents of the dollar) these rules pay before the journey."""
    minor = share_of(allowance_minor, rules.advance)
    rest = allowance_minor - minor
    return Advance(minor, rest, rules.advance, rules.code, rules.valid_from, rules.source)


def share_of(minor: int, percent: Decimal) -> int:
    """A share of an amount of cents, rounded half-even."""
    return int((minor * percent / HUNDRED).quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
