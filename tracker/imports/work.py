"""The long work of an import: look at every row, or take them over; the report can be downloaded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask_babel import gettext

from tracker import jobs
from tracker.errors import Conflict, Forbidden
from tracker.extensions import db
from tracker.files.models import File
from tracker.files.store import path_of
from tracker.imports.console import report_of
from tracker.imports.hints import Hints
from tracker.imports.kinds import importable, kind_of
from tracker.imports.queries import PREVIEW, RUN, UNDO
from tracker.imports.reading import SOURCE_IS_GONE, Source, open_source
from tracker.imports.report import Report
from tracker.imports.undoing import undo
from tracker.jobs.models import Job
from tracker.languages.choosing import in_language
from tracker.languages.marking import N_
from tracker.web.navigation import page_url

# Longer than a file takes to be read, when there is no sign of life. After a kill the job waits for so long.
_LONGEST = timedelta(minutes=5)
# Characters; four bytes each at most stay below what a file may have.
_LONGEST_REPORT = 4_000_000


def register() -> None:
    """Make both kinds of work known."""
    both: dict[str, Any] = {"result_url": _page, "again_url": _begin, "without_words": _without_words}
    jobs.register(PREVIEW, label=N_("Looking at a file"), **both)(preview)
    jobs.register(RUN, label=N_("Import"), **both)(run)
    jobs.register(UNDO, label=N_("Undoing an import"), result_url=_page_of_run, again_url=_begin)(take_back)


def _page(job: Job) -> str | None:
    return page_url("imports.show", public_id=job.public_id)


def _without_words(job: Job) -> list[list[Any]]:
    return report_of(job.result).without_words(gettext, job.result["more"])


def _page_of_run(job: Job) -> str | None:
    return page_url("imports.show", public_id=job.params["of"])


def _begin() -> str | None:
    return page_url("imports.index")


def preview(work: jobs.Work) -> None:
    """Say of each row what an import would do; nothing is changed."""
    source, _sha256 = _source(work)
    kind = kind_of(work.params["what"])
    _finish(work, kind.examine(kind.read(source), progress=work.progress), source.name)


def run(work: jobs.Work) -> None:
    """Take the rows over in parts; begun anew after a stop, it goes on where it was."""
    source, sha256 = _source(work)
    facts: dict[str, Any] = {"actor": work.actor, "file_name": source.name, "sha256": sha256, "progress": work.progress}
    kind = kind_of(work.params["what"])
    records = kind.read(source)
    _finish(work, report_of(kind.take_over(records, work_key=str(work.public_id), **facts)), source.name)


def take_back(work: jobs.Work) -> None:
    """Undo a run, as far as nobody has touched what it took over."""
    if work.params["what"] not in importable(work.actor):
        raise Forbidden
    undone, kept = undo(work.params["run"], actor=work.actor, progress=work.progress)
    work.say(N_("%(undone)d rows were taken back; %(kept)d stay."), undone=undone, kept=kept)


def _source(work: jobs.Work) -> tuple[Source, str]:
    if work.params["what"] not in importable(work.actor):
        raise Forbidden
    work.hold(_LONGEST)
    file = db.session.get_one(File, work.params["file_id"])
    if file.erased_at is not None:
        raise Conflict(SOURCE_IS_GONE)
    hints = Hints(*(work.params.get(name, "") for name in ("encoding", "dates", "session", "source")))
    source = open_source(path_of(file.stored_as), hints)
    return replace(source, name=file.name, reader=work.actor), file.sha256


def _finish(work: jobs.Work, report: Report, name: str) -> None:
    work.result = report.as_data()
    with in_language(work.actor.language):
        text = report.as_csv(gettext, most=_LONGEST_REPORT)
    work.report(f"report-{name.rpartition('.')[0] or name}.csv", text.encode("utf-8-sig"))
    work.progress(report.total, report.total)
    work.say(N_("%(rows)d rows were read."), rows=report.total)
