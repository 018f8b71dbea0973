"""The progress of a job as a small file, for SQLite: while the job's own transaction is open nobody else can write to
the database. On PostgreSQL progress goes into the job's row by another connection, and none of this is used."""

from pathlib import Path

from flask import current_app


def _path(job_id: int) -> Path:
    return Path(current_app.extensions["tracker_settings"].data_dir) / "run" / f"job-{job_id}"


def write(job_id: int, done: int, total: int) -> None:
    """Write the progress. An error of the disk is ignored: the page then shows no progress, the work goes on."""
    path = _path(job_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{done} {total}", encoding="ascii")
    except OSError:
        return


def read(job_id: int) -> tuple[int, int] | None:
    """The progress last written, as (done, total); None when there is none."""
    try:
        done, total = _path(job_id).read_text(encoding="ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return None


def remove(job_id: int) -> None:
    """Remove the file, when the job is over."""
    _path(job_id).unlink(missing_ok=True)
