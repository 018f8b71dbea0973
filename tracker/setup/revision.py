"""The revision that a database stands at beside those that this program knows: the one place that says whether it may
be served, must be brought forward, or is left alone. Imports nothing slow: the supervisor asks before anything else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.settings.configuration import ROOT, Settings

if TYPE_CHECKING:
    import sqlalchemy as sa

VERSIONS = ROOT / "migrations" / "versions"
QUESTION = "SELECT version_num FROM alembic_version"
# Until 0.1.0 every schema called itself by a number, whatever its tables were.
_BEFORE_THE_FIRST_RELEASE = re.compile(r"\d+")


def known(folder: Path = VERSIONS) -> list[str]:
    """Every revision of this program, the oldest first; a file is named by its number and its revision."""
    return [path.stem.partition("_")[2] for path in sorted(folder.glob("[0-9]*_*.py"))]


def head(folder: Path = VERSIONS) -> str:
    """The newest of them, from a file of its own: two branches that both add one cannot be merged unseen."""
    return (folder / "HEAD").read_text().strip()


def of(connection: sa.Connection) -> str | None:
    """The revision that the database behind `connection` stands at; None when it has no schema yet."""
    import sqlalchemy as sa

    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(sa.text(QUESTION))


def unknown(present: str | None, settings: Settings, *, folder: Path = VERSIONS) -> str | None:
    """Why nothing may be done with a database at `present`, and what to do; None when it can be brought forward."""
    if present is None or present in known(folder):
        return None
    if _BEFORE_THE_FIRST_RELEASE.fullmatch(present):
        return (
            f"This database is from before version 0.1.0 (revision {present}), and nothing guesses its shape: "
            f"{_keep_it(settings)}."
        )
    return (
        f"This database stands at revision {present}, which this program, at {head(folder)}, does not know: "
        f"run the newer program that made it, restore the backup made before that, or {_keep_it(settings)}."
    )


def not_served(present: str | None, settings: Settings) -> str | None:
    """Why a site or a worker must not begin on a database at `present`, and what to do; None when it may."""
    if present is None:
        return "There is no schema yet: run `flask db upgrade`."
    if sentence := unknown(present, settings):
        return sentence
    if present != head():
        return (
            f"The schema stands at {present}, the program at {head()}: keep a backup, then run the release step, "
            "which begins with `flask db upgrade` (docs/operating.md)."
        )
    return None


def _keep_it(settings: Settings) -> str:
    if settings.sqlite_path:
        return f"keep the folder {settings.sqlite_path.parent} under another name and begin in a new one"
    return "keep the database and its files under another name and begin in new ones"
