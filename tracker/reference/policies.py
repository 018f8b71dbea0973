"""Who may change reference data: administrators, rates finance officers too, and the loaders that act as the system."""

from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules

CHANGE, CHANGE_RATES = "change", "change_rates"
RATE_KEEPERS = ("administrator", "finance_officer")


def keeps_the_rules(actor: Actor, _facts: object) -> Refusal | None:
    """Administrators keep dates, rates and rules; the other roles of the office read them."""
    if actor.is_system or actor.has("administrator"):
        return None
    return Refusal("not_administrator", lazy("Only an administrator changes dates, rates and rules."))


def keeps_the_rates(actor: Actor, _facts: object) -> Refusal | None:
    """Finance officers enter rates of exchange, too: they are who uses them."""
    if actor.is_system or actor.has(*RATE_KEEPERS):
        return None
    return Refusal("not_finance", lazy("Only a finance officer or an administrator changes rates of exchange."))


RULES: Rules[Facts] = {CHANGE: (keeps_the_rules,), CHANGE_RATES: (keeps_the_rates,)}
