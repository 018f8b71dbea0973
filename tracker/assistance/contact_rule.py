"""The rule of recording a contact: there is something to record while a State was not reached yet."""

from tracker.assistance.rule_facts import RuleFacts
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal


def is_not_reached(_actor: Actor, facts: RuleFacts) -> Refusal | None:
    """The State was not reached yet about the request."""
    return None if facts.unreached else Refusal("reached", lazy("The State was reached already."))
