"""Who may stop a job: whoever started it, and administrators."""

from dataclasses import dataclass

from tracker.jobs.models import Job
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules

CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class JobFacts(Facts):
    """What the rules ask of a job: who started it (None: nobody signed in), and whether it is not over."""

    person_id: int | None
    open: bool

    @classmethod
    def of(cls, job: Job) -> "JobFacts":
        """The facts of a loaded row; no statement."""
        return cls(person_id=job.person_id, open=job.open)


def is_open(_actor: Actor, job: JobFacts) -> Refusal | None:
    """Only work that is not over can be stopped."""
    return None if job.open else Refusal("ended", lazy("This work is over already."))


def started_it(actor: Actor, job: JobFacts) -> Refusal | None:
    """One's own work, or anybody's for an administrator."""
    if actor.is_system or actor.has("administrator") or (actor.signed_in and actor.person_id == job.person_id):
        return None
    return Refusal("not_yours", lazy("Only the person who started this, or an administrator, can stop it."))


RULES: Rules[JobFacts] = {CANCEL: (started_it, is_open)}
