"""Who may stop a job: whoever started it, and administrators."""

from typing import Any

from tracker.i18n import lazy
from tracker.policy import Actor, Refusal

CANCEL = "cancel"


def is_open(_actor: Actor, job: Any) -> Refusal | None:
    """Only work that is not over can be stopped."""
    return None if job.open else Refusal("ended", lazy("This work is over already."))


def started_it(actor: Actor, job: Any) -> Refusal | None:
    """One's own work, or anybody's for an administrator."""
    if actor.is_system or actor.has("administrator") or (actor.signed_in and actor.person_id == job.person_id):
        return None
    return Refusal("not_yours", lazy("Only the person who started this, or an administrator, can stop it."))


RULES = {CANCEL: (started_it, is_open)}
