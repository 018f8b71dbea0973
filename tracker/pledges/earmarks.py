"""Earmarks as rules that a machine checks: does a pledge's money suit a request, and if not, why. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.i18n import N_, lazy

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What earmarks ask about a request. `areas` holds the areas named and their parents; `number` is the public
    number, by which a donor knows a request."""

    request_id: int
    number: str
    kind: str
    iso3: str
    region: str
    areas: frozenset[str] = frozenset()
    session: str | None = None
    lists: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """One earmark. With `share_bp` it caps what matches; without, it restricts the pledge to what matches."""

    rule: str
    codes: tuple[str, ...]
    share_bp: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the money suits; `reasons` says why not, `most_minor` is what the caps still allow (None: any)."""

    reasons: tuple[Any, ...] = field(default_factory=tuple)
    most_minor: int | None = None

    @property
    def suits(self) -> bool:
        return not self.reasons


RULE_LABELS: dict[str, str] = {
    "kinds": N_("Kind of request"),
    "areas": N_("Areas of assistance"),
    "sessions": N_("Sessions"),
    "regions": N_("Regional groups"),
    "lists": N_("Lists of countries"),
    "states": N_("States"),
    "requests": N_("Named requests"),
    "until": N_("May be allocated until"),
}
LIST_LABELS: dict[str, str] = {
    "ldc": N_("Least developed countries"),
    "lldc": N_("Landlocked developing countries"),
    "sids": N_("Small island developing States"),
    "oda_eligible": N_("Eligible for official development assistance"),
}
_WHY_NOT: dict[str, Any] = {
    "kinds": lazy("It is for another kind of request."),
    "areas": lazy("It is for other areas of assistance."),
    "sessions": lazy("It is for other sessions."),
    "regions": lazy("It is for other regional groups."),
    "lists": lazy("It is for States on lists that this State is not on."),
    "states": lazy("It is for other States."),
    "requests": lazy("It is for other, named requests."),
}
# IATI code list EarmarkingModality: 1 unearmarked, 2 softly earmarked, 3 earmarked, 4 tightly earmarked.
_LEVEL_OF_RULE = {"kinds": 2, "regions": 2, "lists": 2, "areas": 2, "sessions": 3, "states": 3, "requests": 4}
LEVEL_LABELS: dict[int, str] = {
    1: N_("Unearmarked"),
    2: N_("Softly earmarked"),
    3: N_("Earmarked"),
    4: N_("Tightly earmarked"),
}


def rules_of(earmarks: Iterable[Any]) -> tuple[Rule, ...]:
    """Stored earmarks as rules."""
    return tuple(Rule(row.rule, tuple(row.codes), row.share_bp) for row in earmarks)


def level(rules: Iterable[Rule]) -> int:
    """The earmarking level by IATI's code list: that of the tightest restriction; caps and dates restrict no use."""
    return max((_LEVEL_OF_RULE.get(rule.rule, 1) for rule in rules if rule.share_bp is None), default=1)


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether a request is among what the rule names."""
    return bool(_codes_of(facts)[rule.rule] & set(rule.codes))


def _codes_of(facts: Facts) -> Mapping[str, frozenset[str]]:
    return {
        "kinds": frozenset({facts.kind}),
        "areas": facts.areas,
        "sessions": frozenset({facts.session} if facts.session else ()),
        "regions": frozenset({facts.region}),
        "lists": facts.lists,
        "states": frozenset({facts.iso3}),
        "requests": frozenset({facts.number}),
    }


def judge(rules: Iterable[Rule], facts: Facts, *, on: date, received_minor: int, used: Mapping[Rule, int]) -> Verdict:
    """Whether a pledge's money suits a request on a day, and how much the caps leave.

    `received_minor` is what the pledge brought in so far (without support cost), the whole that shares are of;
    `used` is what each cap that names the request has used already: held or paid, in the fund's minor units.
    """
    reasons: list[Any] = []
    most: int | None = None
    for rule in rules:
        if rule.rule == "until":
            if rule.codes and on.isoformat() > rule.codes[0]:
                reasons.append(lazy("The time in which it may be allocated has passed."))
        elif rule.share_bp is not None:
            if matches(rule, facts):
                left = received_minor * rule.share_bp // BASIS_POINTS - used.get(rule, 0)
                most = left if most is None else min(most, left)
        elif not matches(rule, facts):
            reasons.append(_WHY_NOT[rule.rule])
    if most is not None and most <= 0 and not reasons:
        reasons.append(lazy("Its share for such requests is used up."))
    return Verdict(tuple(reasons), most)


def interest(rules: Mapping[str, Iterable[str]], facts: Facts) -> tuple[int, tuple[Rule, ...]]:
    """How well a request fits what a donor wants to see: (rules met minus rules missed, what of them it meets)."""
    codes = _codes_of(facts)
    wanted = {name: set(values) for name, values in rules.items() if name in codes and values}
    met = tuple(
        Rule(name, tuple(sorted(codes[name] & values))) for name, values in wanted.items() if codes[name] & values
    )
    return len(met) * 2 - len(wanted), met
