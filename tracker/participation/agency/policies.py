"""Who says why a line of a statement differs, and that a refund is not awaited any more."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules

IMPORTERS = ("travel_officer", "finance_officer")
RECONCILERS = (*IMPORTERS, "programme_manager")
"""A programme manager, too: of strictly confidential requests nobody else of them may read."""


class AgencyAction(enum.StrEnum):
    """What is said of the agency's money."""

    EXPLAIN = "explain_agency_line"
    GIVE_UP = "give_up_refund"


@dataclass(frozen=True, slots=True)
class LineFacts(Facts):
    """Whether a line waits."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class RefundFacts(Facts):
    """Whether a refund is expected for a seat, and whether the seat is settled."""

    is_expected: bool
    is_settled: bool


def reconciles(actor: Actor, _facts: object) -> Refusal | None:
    """Travel officers know the tickets, finance officers the money, programme managers what others may not read."""
    if actor.has(*RECONCILERS):
        return None
    return Refusal("role", lazy("Only a travel officer, a finance officer or a programme manager records this."))


def waits(_actor: Actor, facts: LineFacts) -> Refusal | None:
    """The line differs, and nobody has said why."""
    if facts.is_open:
        return None
    return Refusal("status", lazy("This line does not wait any more."))


def is_expected(_actor: Actor, facts: RefundFacts) -> Refusal | None:
    """Something was paid for a ticket on which nobody travels, and has not come back."""
    if facts.is_expected:
        return None
    return Refusal("status", lazy("No refund is expected for this seat."))


def is_not_settled(_actor: Actor, facts: RefundFacts) -> Refusal | None:
    """Of a settled seat two persons give up what is owed."""
    if not facts.is_settled:
        return None
    return Refusal("status", lazy("This seat is settled: a write-off by two persons ends what is owed."))


RULES: Rules[Any] = {
    AgencyAction.EXPLAIN: (reconciles, waits),
    AgencyAction.GIVE_UP: (reconciles, is_expected, is_not_settled),
}
