"""Earmarks as rules that a machine checks: does a pledge's money suit a request, and if not, why. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.languages.marking import N_, lazy

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What earmarks ask about a request. `areas` holds the areas named and their parents; `number` is the public
    number, by which a donor knows a request; `strict` says that it is strictly confidential."""

    request_id: int
    number: str
    kind: str
    iso3: str
    region: str
    areas: frozenset[str] = frozenset()
    session: str | None = None
    lists: frozenset[str] = frozenset()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One earmark. With `share_bp` it caps what matches, or says the `least` share; without, it restricts the pledge to
    what matches."""

    rule: str
    codes: tuple[str, ...]
    share_bp: int | None = None

    @property
    def is_cap(self) -> bool:
        """Whether it limits how much of the pledge goes to what matches."""
        return self.share_bp is not None and not EARMARKS[self.rule].least


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the money suits; `reasons` says why not, `most_minor` is what the caps still allow (None: any)."""

    reasons: tuple[Any, ...] = field(default_factory=tuple)
    most_minor: int | None = None

    @property
    def suits(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class EarmarkKind:
    """One kind of earmark: what it restricts, its level, what a request shows of it, why money does not suit.

    `level` is that of IATI's code list EarmarkingModality. Money suits when `codes` of the request's facts and the
    codes of the earmark meet; without `codes` it is a date, or the `least` share of women among the seats that the
    pledge pays (women.py): that is asked of each seat and not of a request. `tick` is its label on the form of an
    offer, at `place` among the ticks and with the `rare` ones folded away; None: it is not offered there. `wanted` is
    its label among what a donor wants to see first; None: it is not asked there. Beside this row a kind needs its
    condition for the database (queries/shares.py) and the words and choices of its codes (forms/choices.py).
    """

    label: str
    level: int
    why_not: Any
    codes: Callable[[Facts], frozenset[str]] | None
    tick: str | None = None
    place: int = 0
    rare: bool = False
    wanted: str | None = None
    least: bool = False


EARMARKS: dict[str, EarmarkKind] = {
    "kinds": EarmarkKind(
        N_("Kind of request"),
        2,
        lazy("It is for another kind of request."),
        lambda facts: frozenset({facts.kind}),
        tick=N_("Only these kinds of request"),
        place=1,
        wanted=N_("Kinds of request"),
    ),
    "areas": EarmarkKind(
        N_("Areas of assistance"),
        2,
        lazy("It is for other areas of assistance."),
        lambda facts: facts.areas,
        tick=N_("Only these areas of assistance"),
        place=4,
        rare=True,
        wanted=N_("Areas of assistance"),
    ),
    "sessions": EarmarkKind(
        N_("Sessions"),
        3,
        lazy("It is for other sessions."),
        lambda facts: frozenset({facts.session} if facts.session else ()),
        tick=N_("Only these sessions"),
        place=5,
        rare=True,
    ),
    "regions": EarmarkKind(
        N_("Regional groups"),
        2,
        lazy("It is for other regional groups."),
        lambda facts: frozenset({facts.region}),
        tick=N_("Only these regional groups"),
        place=3,
        wanted=N_("Regional groups"),
    ),
    "lists": EarmarkKind(
        N_("Lists of countries"),
        2,
        lazy("It is for States on lists that this State is not on."),
        lambda facts: facts.lists,
        tick=N_("Only States on these lists"),
        place=2,
        wanted=N_("Standing of the State"),
    ),
    "states": EarmarkKind(N_("States"), 3, lazy("It is for other States."), lambda facts: frozenset({facts.iso3})),
    "requests": EarmarkKind(
        N_("Named requests"),
        4,
        lazy("It is for other, named requests."),
        lambda facts: frozenset({facts.number}),
        tick=N_("Only these requests"),
        place=6,
        rare=True,
    ),
    "women": EarmarkKind(
        N_("Women among its seats"),
        2,
        lazy("Fewer women would sit in its seats than it asks for."),
        None,
        least=True,
    ),
    "until": EarmarkKind(
        N_("May be allocated until"), 1, lazy("The time in which it may be allocated has passed."), None
    ),
}
"""Every kind of earmark, in the order in which the terms of a pledge name them."""


def ticks(asked: str) -> list[str]:
    """The kinds that a form asks for by ticks, in its order; `asked` is the label it shows: "tick" or "wanted"."""
    shown = [name for name, kind in EARMARKS.items() if getattr(kind, asked) is not None]
    return sorted(shown, key=lambda name: EARMARKS[name].place)


ONLY_UNEARMARKED = lazy("A strictly confidential request takes unearmarked money only.")
"""An earmark would tell its donor what the money was used for."""

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
    return max((EARMARKS[rule.rule].level for rule in rules if not rule.is_cap), default=1)


def matches(rule: Rule, facts: Facts) -> bool:
    """Whether a request is among what the rule names."""
    return bool(_codes(rule.rule, facts) & set(rule.codes))


def _codes(name: str, facts: Facts) -> frozenset[str]:
    of_request = EARMARKS[name].codes
    return of_request(facts) if of_request is not None else frozenset()


def judge(rules: Iterable[Rule], facts: Facts, *, on: date, received_minor: int, used: Mapping[Rule, int]) -> Verdict:
    """Whether a pledge's money suits a request on a day, and how much the caps leave.

    `received_minor` is what the pledge brought in so far (without support cost), the whole that shares are of;
    `used` is what each cap that names the request has used already: held or paid, in the fund's minor units.
    """
    rules = list(rules)
    reasons: list[Any] = [ONLY_UNEARMARKED] if facts.strict and level(rules) > 1 else []
    most: int | None = None
    for rule in rules:
        if rule.rule == "until":
            if rule.codes and on.isoformat() > rule.codes[0]:
                reasons.append(EARMARKS[rule.rule].why_not)
        elif EARMARKS[rule.rule].least:
            continue
        elif rule.share_bp is not None:
            if matches(rule, facts):
                left = received_minor * rule.share_bp // BASIS_POINTS - used.get(rule, 0)
                most = left if most is None else min(most, left)
        elif not matches(rule, facts):
            reasons.append(EARMARKS[rule.rule].why_not)
    if most is not None and most <= 0 and not reasons:
        reasons.append(lazy("Its share for such requests is used up."))
    return Verdict(tuple(reasons), most)


def interest(rules: Mapping[str, Iterable[str]], facts: Facts) -> tuple[int, tuple[Rule, ...]]:
    """How well a request fits what a donor wants to see: (rules met minus rules missed, what of them it meets)."""
    wanted = {name: set(codes) for name, codes in rules.items() if name in EARMARKS and EARMARKS[name].codes and codes}
    shared = {name: _codes(name, facts) & codes for name, codes in wanted.items()}
    met = tuple(Rule(name, tuple(sorted(codes))) for name, codes in shared.items() if codes)
    return len(met) * 2 - len(wanted), met
