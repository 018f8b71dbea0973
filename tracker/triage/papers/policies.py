"""Who may remove the content of a paper that stands outside requests: two of those who keep such papers."""

from enum import StrEnum
from typing import Any

from tracker.assistance.erasures import WAITS_ALREADY
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal, Rules
from tracker.triage.papers.kinds import PaperFacts, keeps


class Action(StrEnum):
    """What can be done with the content of a paper."""

    PROPOSE = "propose"
    CONFIRM = "confirm"
    DROP = "drop"


def keeps_such_papers(actor: Actor, facts: PaperFacts) -> Refusal | None:
    """Agreements are for managers and finance officers, notes verbales of accounts for administrators, imported files
    for those who import such records."""
    if keeps(actor, facts.kind):
        return None
    return Refusal("keeper", lazy("Only those who keep such papers can remove their content."))


def is_still_there(_actor: Actor, facts: PaperFacts) -> Refusal | None:
    """The content is there, and nothing waits already."""
    if not facts.is_there:
        return Refusal("gone", lazy("The content of this document was removed already."))
    if facts.proposed_by is not None:
        return Refusal("waits", WAITS_ALREADY)
    return None


def waits(_actor: Actor, facts: PaperFacts) -> Refusal | None:
    """Somebody proposed the removal, and nobody has answered."""
    if facts.proposed_by is None:
        return Refusal("nothing_waits", lazy("No removal waits for a second person."))
    return None


def was_proposed_by_another(actor: Actor, facts: PaperFacts) -> Refusal | None:
    """The content goes by a second person's word."""
    if facts.proposed_by == actor.person_id:
        return Refusal("two_persons", lazy("You proposed this removal: somebody else must confirm it."))
    return None


RULES: Rules[Any] = {
    Action.PROPOSE: (keeps_such_papers, is_still_there),
    Action.CONFIRM: (keeps_such_papers, waits, was_proposed_by_another),
    Action.DROP: (keeps_such_papers, waits),
}
