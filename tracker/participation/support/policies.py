"""Who sets up a session's support: programme managers. Everybody reads it."""

from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules

SET_UP = "set_up_support"


def sets_sessions_up(actor: Actor, _facts: object) -> Refusal | None:
    """What a session pays, and by which rules, is the programme manager's."""
    if actor.is_system or actor.has("programme_manager"):
        return None
    return Refusal("not_manager", lazy("Only a programme manager decides what a session's support pays."))


RULES: Rules[Facts] = {SET_UP: (sets_sessions_up,)}
