"""Who may take records over from files, and of which kind."""

from tracker.policy import MONEY_PLANNERS, REQUEST_OFFICERS, Actor

REQUESTS = "requests"
PLEDGES = "pledges"
_ROLES = {
    REQUESTS: REQUEST_OFFICERS,
    PLEDGES: MONEY_PLANNERS,
}


def importable(actor: Actor) -> list[str]:
    """What the actor may import: "requests", "pledges", both or nothing."""
    return [what for what, roles in _ROLES.items() if actor.has(*roles)]
