"""Who may have a failed delivery sent again."""

from tracker.languages.marking import lazy
from tracker.rights.actor import REQUEST_OFFICERS, Actor
from tracker.rights.rules import Facts, Refusal, Rules


def looks_after_deliveries(actor: Actor, _facts: object) -> Refusal | None:
    """Officers, managers and administrators can have a message sent again; an auditor only looks."""
    if actor.has(*REQUEST_OFFICERS, "administrator"):
        return None
    return Refusal("role", lazy("Only officers, managers and administrators can send a message again."))


RULES: Rules[Facts] = {"send_again": (looks_after_deliveries,)}
