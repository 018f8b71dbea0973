"""`flask reference`: the first filling of reference data."""

import click
from flask.cli import AppGroup

from tracker.reference import loader

reference = AppGroup("reference", help="States, sessions, areas, rates, rules and holidays.")


@reference.command("load")
@click.option("--invented", is_flag=True, help="Also the invented States, for a demonstration.")
def load(invented: bool) -> None:
    """Add what is missing from the delivered files. Can run again; what the office changed stays."""
    for table, gained in loader.load(invented=invented).items():
        click.echo(f"{table:>18} {gained:>5} added")
