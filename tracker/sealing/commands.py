"""`flask sealing`: the keys under which personal data are sealed."""

from collections.abc import Sequence

import click
from flask.cli import AppGroup

from tracker.errors import Conflict
from tracker.sealing import rotating
from tracker.sealing.services import ring

MOST_NAMED = 20
sealing = AppGroup("sealing", help="The keys of sealed personal data.")


@sealing.command("rotate")
def rotate() -> None:
    """Wrap every person's key with the first key of SEALING_KEY. Can be stopped and run again at any time."""
    try:
        rotated = rotating.rotate()
    except Conflict as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"{rotated.done} keys were wrapped with the present key.")
    if rotated.unreadable:
        raise click.ClickException(f"{_named(rotated.unreadable)} did not open and stay as they are.")


@sealing.command("status")
def status() -> None:
    """Say how many people's keys each key of SEALING_KEY wraps, and whether they open: one that wraps none can be taken
    out. Fails where some do not open."""
    used, known = rotating.keys_in_use(), [key_id for key_id, _key in ring().versions]
    wrong = rotating.unreadable()
    for key_id in [*known, *sorted(set(used) - set(known))]:
        missing = "" if key_id in known else ", which is missing from SEALING_KEY"
        click.echo(f"{used.get(key_id, 0)} keys are wrapped with key {key_id}{missing}.")
        if key_id in wrong and not missing:
            named = _named(wrong[key_id])
            click.echo(f"Key {key_id} of SEALING_KEY does not open {named}: it is another one, or they were changed.")
    if wrong:
        raise click.ClickException("Some keys do not open: put back the right SEALING_KEY, or restore a backup.")


def _named(rows: Sequence[int]) -> str:
    """Rows by their table and ids, and never what is in them."""
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"{len(rows)} keys (sealed_keys {', '.join(map(str, rows[:MOST_NAMED]))}{more})"
