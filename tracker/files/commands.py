"""`flask files`: housekeeping of the store."""

import click
from flask.cli import AppGroup

from tracker.files import services

files = AppGroup("files", help="The store of files.")


@files.command("sweep")
def sweep() -> None:
    """Remove contents that no row names, an hour old or more."""
    click.echo(f"{services.sweep()} files without a row were removed.")
