"""`flask sealing`: the keys under which personal data are sealed."""

import click
from flask.cli import AppGroup

from tracker.errors import Conflict
from tracker.sealing import services

sealing = AppGroup("sealing", help="The keys of sealed personal data.")


@sealing.command("rotate")
def rotate() -> None:
    """Wrap every person's key with the first key of SEALING_KEY. Can be stopped and run again at any time."""
    try:
        click.echo(f"{services.rotate()} keys were wrapped with the present key.")
    except Conflict as problem:
        raise click.ClickException(str(problem)) from None


@sealing.command("status")
def status() -> None:
    """Say how many people's keys each key of SEALING_KEY wraps: one that wraps none can be taken out."""
    used, known = services.keys_in_use(), [key_id for key_id, _key in services.ring().versions]
    for key_id in [*known, *sorted(set(used) - set(known))]:
        missing = "" if key_id in known else ", which is missing from SEALING_KEY"
        click.echo(f"{used.get(key_id, 0)} keys are wrapped with key {key_id}{missing}.")
