"""Who says how files are read, why something differs, and what an entry is."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules

RECONCILERS = ("finance_officer",)
READERS = ("finance_officer", "programme_manager", "auditor")


class ReconcilingAction(enum.StrEnum):
    """What is done about entries."""

    SAVE_SOURCE = "save_finance_source"
    COMPARE = "compare_finance_entries"
    EXPLAIN_ENTRY = "explain_finance_entry"
    EXPLAIN_POSTING = "explain_posting"
    MATCH = "match_finance_entry"
    REOPEN = "reopen_finance_entry"


@dataclass(frozen=True, slots=True)
class WaitingFacts(Facts):
    """Whether the entry or the step waits for an answer."""

    waits: bool


@dataclass(frozen=True, slots=True)
class SaidFacts(Facts):
    """Whether a person said why the entry does not agree, or which step it is."""

    is_said: bool


@dataclass(frozen=True, slots=True)
class MatchFacts(Facts):
    """Whether the entry has no step yet, and whether the chosen step is one that it could be."""

    waits: bool
    could_be: bool


def reconciles(actor: Actor, _facts: object) -> Refusal | None:
    """Finance officers know the other system."""
    if actor.has(*RECONCILERS):
        return None
    return Refusal("role", lazy("Only a finance officer reconciles."))


def waits(_actor: Actor, facts: WaitingFacts | MatchFacts) -> Refusal | None:
    """It does not agree, and nobody has said why."""
    if facts.waits:
        return None
    return Refusal("status", lazy("This does not wait any more."))


def said_by_a_person(_actor: Actor, facts: SaidFacts) -> Refusal | None:
    """What agrees by itself is not taken apart: the step is taken back, or the file."""
    if facts.is_said:
        return None
    return Refusal("status", lazy("Nobody said anything of this entry that could be taken back."))


def could_be(_actor: Actor, facts: MatchFacts) -> Refusal | None:
    """Only a step that was shown beside the entry is chosen."""
    if facts.could_be:
        return None
    return Refusal("candidate", lazy("This step cannot be the entry: look at it again."))


RULES: Rules[Any] = {
    ReconcilingAction.SAVE_SOURCE: (reconciles,),
    ReconcilingAction.COMPARE: (reconciles,),
    ReconcilingAction.EXPLAIN_ENTRY: (reconciles, waits),
    ReconcilingAction.EXPLAIN_POSTING: (reconciles, waits),
    ReconcilingAction.MATCH: (reconciles, waits, could_be),
    ReconcilingAction.REOPEN: (reconciles, said_by_a_person),
}
