"""What a job's function is given: its parameters, its actor, and ways to say how far it is.

@jobs.register("requests.import", label=N_("Import of requests"))
def import_requests(work):
    for done, row in enumerate(rows):
        work.progress(done, len(rows))
    work.say(N_("%(count)d requests were imported."), count=len(rows))
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import in_transaction, transaction
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.kinds import IMPORT_LIMIT
from tracker.jobs.models import Job
from tracker.rights.actor import Actor

LEASE = timedelta(seconds=60)
"""How long a worker may be silent before another takes its job up."""
_SECONDS_BETWEEN_SIGNS = 0.5


class Cancelled(Exception):
    """Somebody asked for the job to stop: raised out of `progress`, so that an open transaction is undone."""


class Lost(Exception):
    """Another worker holds the job by now; what this one has not committed must not be."""


class Failed(Exception):
    """The work cannot be done; `message` is a message id for gettext, `params` its named values."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message % params if params else message)
        self.message, self.params = message, params


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of long work: its function, what people call it, where its result is looked at, and its report as rows of
    a table for those who may not read the records that it is about (None: they get no report)."""

    function: Callable[[Work], None]
    label: str
    result_url: Callable[[Job], str | None]
    again_url: Callable[[], str | None]
    without_words: Callable[[Job], list[list[Any]]] | None


_kinds: dict[str, Kind] = {}


def register(
    kind: str,
    *,
    label: str,
    result_url: Callable[[Job], str | None] = lambda _job: None,
    again_url: Callable[[], str | None] = lambda: None,
    without_words: Callable[[Job], list[list[Any]]] | None = None,
) -> Callable[[Callable[[Work], None]], Callable[[Work], None]]:
    """Register the function for a kind of job (in a capability's init_app, or as a decorator).

    The function runs in a worker with one `Work`. It may be begun anew after a killed worker, so it must be
    harmless to run twice. `label` is a message id; `result_url` gives the address of the result and `again_url`
    that of the page where it is begun, or None where the reader may not enter it (`page_url`); `without_words` gives
    the report for whoever may not read the records.
    """

    def decorate(function: Callable[[Work], None]) -> Callable[[Work], None]:
        _kinds[kind] = Kind(function, label, result_url, again_url, without_words)
        return function

    return decorate


def kind_of(name: str) -> Kind | None:
    """Return a registered kind, or None for one that this version no longer has."""
    return _kinds.get(name)


class Work:
    """One run of a job by one worker."""

    def __init__(self, job: Job, actor: Actor) -> None:
        self.job_id, self.public_id, self.token = job.id, job.public_id, job.token
        self.params: dict[str, Any] = dict(job.params)
        self.actor = actor
        self.result: dict[str, Any] = {}
        self.message = ""
        self.message_params: dict[str, Any] = {}
        self._report: tuple[str, bytes] | None = None
        self._next_sign = 0.0

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is and keep holding the job; cheap enough to be called for every row, between two
        transactions of the work and never inside one. Raises Cancelled and Lost.
        """
        if time.monotonic() < self._next_sign and done < total:
            return
        self._next_sign = time.monotonic() + _SECONDS_BETWEEN_SIGNS
        self._sign(LEASE, done=done, total=total)

    def hold(self, duration: timedelta) -> None:
        """Keep the job for a longer while, before a step that cannot give signs."""
        self._sign(duration)

    def say(self, message: str, **params: Any) -> None:
        """Set the sentence that is shown when the work is done: a message id and its values."""
        self.message, self.message_params = message, params

    def report(self, name: str, content: bytes) -> None:
        """Hand in a file (CSV, XLSX, …) that people can download when the work is done."""
        self._report = (name, content)

    def keep_report(self) -> int | None:
        """Store the report, inside the transaction that ends the job; return the file's id."""
        if self._report is None:
            return None
        name, content = self._report
        job = db.session.get_one(Job, self.job_id)
        return files.put(
            io.BytesIO(content), name=name, actor=self.actor, subject=job, limit=IMPORT_LIMIT, handed_in=False
        ).id

    def _sign(self, lease: timedelta, **values: int) -> None:
        statement = (
            sa.update(Job)
            .where(Job.id == self.job_id, Job.token == self.token, Job.status == "running")
            .values(lease_until=now() + lease, **values)
            .returning(Job.cancel_asked)
        )
        if in_transaction():
            raise RuntimeError("a job gave a sign of life inside a transaction: nobody would see it")
        with transaction() as session:
            answer = list(session.scalars(statement))
        if not answer:
            raise Lost
        if answer[0]:
            raise Cancelled
