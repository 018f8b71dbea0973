"""Requests at the console."""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from tracker.assistance.imports import read
from tracker.assistance.services.importing import examine, import_requests
from tracker.intake import console
from tracker.intake.reading import Source
from tracker.policy import Actor

requests = AppGroup("requests", help="Requests of States.")


@requests.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, change nothing.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write every finding to this CSV file.")
def import_file(file: Path, dry_run: bool, report: Path | None) -> None:
    """Take requests over from FILE: CSV or XLSX with our columns, IATI XML, UNDP JSON, the 1540 list."""

    def carry_out(source: Source, sha256: str, progress: Any) -> Any:
        records = read(source)
        if dry_run:
            return examine(records, progress=progress)
        return import_requests(records, actor=Actor.system, file_name=source.name, sha256=sha256, progress=progress)

    console.run(file, report, carry_out)
