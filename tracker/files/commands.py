"""`flask files`: housekeeping of the store."""

import click
from flask.cli import AppGroup

from tracker.files import services

files = AppGroup("files", help="The store of files.")


@files.command("sweep")
def sweep() -> None:
    """Take out contents that no row names, an hour old or more; they can be put back for a month."""
    click.echo(f"{services.sweep()} files without a row were taken out.")
