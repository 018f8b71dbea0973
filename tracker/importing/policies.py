"""Who may take records over from files, and of which kind."""

from tracker.policy import Actor

REQUESTS = "requests"
PLEDGES = "pledges"
_ROLES = {
    REQUESTS: ("triage_officer", "programme_manager"),
    PLEDGES: ("finance_officer", "programme_manager"),
}


def importable(actor: Actor) -> list[str]:
    """What the actor may import: "requests", "pledges", both or nothing."""
    return [what for what, roles in _ROLES.items() if actor.has(*roles)]
