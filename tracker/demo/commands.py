"""`flask demo load`: what `make run` calls on the first start."""

import click
from flask.cli import AppGroup

from tracker.demo import loading
from tracker.web.application import settings

demo = AppGroup("demo", help="Demonstration data.")


@demo.command("load")
def load() -> None:
    """Fill an empty database with demonstration data; do nothing when there is data already."""
    if settings().is_production:
        raise click.ClickException("Demonstration data does not go into production.")
    if not loading.is_empty():
        click.echo("There is data already: nothing was loaded.")
        return
    # Acts take unlike times, and the first waits for the people: a time guessed from it would be an hour.
    with click.progressbar(length=1, label="  Playing what happened so far", show_eta=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        loaded = loading.load(progress)
    click.echo(
        f"  {loaded.requests} requests, {loaded.pledges} pledges, {loaded.people} people, {loaded.events} events"
        f" in {loaded.seconds:.1f} s"
    )
