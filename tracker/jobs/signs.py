"""How far a job is while its own transaction holds SQLite's only pen: a small file that the page about it reads.

On PostgreSQL the job's row is written beside the transaction and none of this is used.
"""

from pathlib import Path

from flask import current_app


def _path(job_id: int) -> Path:
    return Path(current_app.extensions["tracker_settings"].data_dir) / "run" / f"job-{job_id}"


def leave(job_id: int, done: int, total: int) -> None:
    """Say how far the job is; a disk that refuses costs the figures, never the work."""
    path = _path(job_id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{done} {total}", encoding="ascii")
    except OSError:
        return


def look(job_id: int) -> tuple[int, int] | None:
    """What was last said, as (done, total); None where nothing was."""
    try:
        done, total = _path(job_id).read_text(encoding="ascii").split()
        return int(done), int(total)
    except (OSError, ValueError):
        return None


def clear(job_id: int) -> None:
    """Take away what was said, when the job is over."""
    _path(job_id).unlink(missing_ok=True)
