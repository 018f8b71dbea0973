"""Requests at the console."""

from pathlib import Path
from typing import Any

from flask.cli import AppGroup

from tracker.assistance.imported.imports import read
from tracker.assistance.imported.published import COLUMNS
from tracker.assistance.imported.services import examine, import_requests
from tracker.imports import console
from tracker.imports.hints import Hints
from tracker.imports.reading import Source
from tracker.rights.actor import Actor

requests = AppGroup("requests", help="Requests of States.")


_COLUMNS = "\n".join(f"  {name:19} {meaning}" for name, meaning in COLUMNS.items())


@requests.command("import", epilog=f"\b\nOur columns (id, state and title are needed):\n{_COLUMNS}")
@console.options
def import_file(file: Path, dry_run: bool, report: Path | None, encoding: str | None, dates: str | None) -> None:
    """Take requests over from FILE: CSV or XLSX with our columns, IATI XML, UNDP JSON, the 1540 list."""

    def carry_out(source: Source, sha256: str, progress: Any) -> Any:
        records = read(source)
        if dry_run:
            return examine(records, progress=progress)
        return import_requests(records, actor=Actor.system, file_name=source.name, sha256=sha256, progress=progress)

    console.run(file, report, Hints(encoding or "", dates or ""), carry_out)
