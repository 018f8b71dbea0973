"""`flask imports`: what was imported, and taking back what was imported at the console."""

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from tracker.errors import DomainError
from tracker.extensions import db
from tracker.imports import runs, undoing
from tracker.imports.models import ImportRun
from tracker.rights.actor import Actor

_SHOWN = 20

imports_cli = AppGroup("imports", help="Imports that were carried out.")


@imports_cli.command("list")
def show() -> None:
    """Print the latest imports: number, when, what, file, how it stands."""
    latest = db.session.scalars(sa.select(ImportRun).order_by(ImportRun.id.desc()).limit(_SHOWN)).all()
    killed = runs.left(latest)
    for run in latest:
        status = "killed" if run.id in killed else run.status
        click.echo("\t".join((str(run.id), run.at.isoformat(timespec="seconds"), run.what, run.file_name, status)))


@imports_cli.command("undo")
@click.argument("number", type=int)
def undo(number: int) -> None:
    """Take back the rows of import NUMBER (`flask imports list`) that nobody has touched since."""
    try:
        undoing.close_killed(number, actor=Actor.system)
        undone, kept = undoing.undo(number, actor=Actor.system, progress=runs.no_progress)
    except DomainError as refused:
        raise click.ClickException(str(refused.message or f"There is no import {number}.")) from refused
    click.echo(f"Rows taken back: {undone}; rows that stay: {kept}.")
