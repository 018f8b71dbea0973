"""Who may change reference data: administrators, and the loaders that act as the system."""

from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules

CHANGE = "change"


def keeps_the_rules(actor: Actor, _facts: object) -> Refusal | None:
    """Administrators keep dates, rates and rules; the other roles of the office read them."""
    if actor.is_system or actor.has("administrator"):
        return None
    return Refusal("not_administrator", lazy("Only an administrator changes dates, rates and rules."))


RULES: Rules[Facts] = {CHANGE: (keeps_the_rules,)}
