"""The order in which the published rules put the States of a session, explained rule by rule. Pure.

A round gives seats State by State in this order, first one each, then in later passes. Who sits in a State's seats
follows the State's own order, which no rule changes. What all rules leave equal is decided by a lot whose seed was
drawn and shown when the round was opened.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tracker.languages.marking import N_
from tracker.participation.support.lifecycle import RULE_KINDS


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody a State nominated, at a place in the State's own order (from 1). `estimate` is in cents of the dollar;
    None: a line lacks its rate, and no seat can be given. `in_time`: a visa and a ticket can still be had.
    `is_woman`: None where it is not said."""

    delegate_id: int
    place: int
    is_alternate: bool
    is_woman: bool | None
    estimate: int | None
    in_time: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    """A State's accepted request for the session, with every fact that a rule asks for.

    `lists` are those the State is on by the lists of the day on which nominations close; `funded_before` counts its
    seats at earlier sessions; `owes_accounts` says that a seat of an earlier session is not settled.
    """

    request_id: int
    iso3: str
    came_in_time: bool
    lists: frozenset[str]
    funded_before: int
    owes_accounts: bool
    people: tuple[Person, ...]

    def __post_init__(self) -> None:
        places = [person.place for person in self.people]
        if places != sorted(set(places)):
            raise ValueError(f"the people of {self.iso3} stand in the State's own order, each at a place of its own")

    @property
    def nominees(self) -> tuple[Person, ...]:
        """Those who are nominated for a seat; alternates take one only from somebody else."""
        return tuple(person for person in self.people if not person.is_alternate)


@dataclass(frozen=True, slots=True)
class SelectionRule:
    """One published rule: `kind` names what it prefers (`KINDS`), `source` where the Member States agreed on it."""

    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class RuleKind:
    """What a kind of rule prefers: the candidate with the lower `rank` stands first. The two sentences say to the
    State what the rule found in its own facts; they name no other State."""

    label: str
    rank: Callable[[Candidate], int]
    preferred: str
    otherwise: str


def _not_on(name: str) -> Callable[[Candidate], int]:
    return lambda candidate: int(name not in candidate.lists)


KINDS = {
    "in_time": RuleKind(
        RULE_KINDS["in_time"],
        lambda candidate: int(not candidate.came_in_time),
        N_("nominated in time"),
        N_("nominated after the closing date"),
    ),
    "ldc": RuleKind(
        RULE_KINDS["ldc"],
        _not_on("ldc"),
        N_("a least developed country"),
        N_("not a least developed country"),
    ),
    "lldc": RuleKind(
        RULE_KINDS["lldc"],
        _not_on("lldc"),
        N_("a landlocked developing country"),
        N_("not a landlocked developing country"),
    ),
    "sids": RuleKind(
        RULE_KINDS["sids"],
        _not_on("sids"),
        N_("a small island developing State"),
        N_("not a small island developing State"),
    ),
    "never_funded": RuleKind(
        RULE_KINDS["never_funded"],
        lambda candidate: int(candidate.funded_before > 0),
        N_("had no seat at an earlier session"),
        N_("had a seat at an earlier session"),
    ),
    "fewest_seats": RuleKind(
        RULE_KINDS["fewest_seats"],
        lambda candidate: candidate.funded_before,
        N_("had no seat at an earlier session"),
        N_("had seats at earlier sessions"),
    ),
    "accounts_settled": RuleKind(
        RULE_KINDS["accounts_settled"],
        lambda candidate: int(candidate.owes_accounts),
        N_("accounts of earlier sessions settled"),
        N_("accounts of an earlier session not settled"),
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found for one State: its rank (0 stands first) and the sentence that says it."""

    rule: SelectionRule
    rank: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A State at its place in the order (from 1), with what each rule found. `by_lot` says that all rules left it
    equal to a neighbour, so that the lot decided."""

    place: int
    candidate: Candidate
    findings: tuple[Finding, ...]
    by_lot: bool

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks in the order of the rules: what decided, and equal ranks mean the lot did."""
        return tuple(finding.rank for finding in self.findings)


def order(candidates: Iterable[Candidate], rules: Sequence[SelectionRule], *, seed: str) -> tuple[Placed, ...]:
    """Put States into the order of the rules, equal ones by lot. Raises KeyError for a rule of an unknown kind.

    The answer rests on the facts, the rules and the seed alone: never on the order of entry or the alphabet.
    """
    found = [(candidate, tuple(_finding(rule, candidate) for rule in rules)) for candidate in candidates]
    found.sort(key=lambda each: (*(finding.rank for finding in each[1]), lot(seed, each[0].iso3)))
    ranks = [tuple(finding.rank for finding in findings) for _, findings in found]
    return tuple(
        Placed(place + 1, candidate, findings, by_lot=ranks[place] in ranks[:place] + ranks[place + 1 :])
        for place, (candidate, findings) in enumerate(found)
    )


def _finding(rule: SelectionRule, candidate: Candidate) -> Finding:
    kind = KINDS[rule.kind]
    rank = kind.rank(candidate)
    return Finding(rule, rank, kind.otherwise if rank else kind.preferred)


def lot(seed: str, iso3: str) -> str:
    """A State's number in the lot: SHA-256 of the seed and its code, so that anybody can draw it again."""
    return hashlib.sha256(f"{seed}:{iso3}".encode()).hexdigest()
