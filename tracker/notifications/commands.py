"""`flask outbox`: what waits to be sent, and sending it by hand when no worker runs."""

import click
from flask.cli import AppGroup

from tracker.languages.choosing import in_language
from tracker.notifications import queries, services

outbox_cli = AppGroup("outbox", help="Mail that waits to be sent.")


@outbox_cli.command("status")
def status() -> None:
    """Print what waits, what failed and why, and how old the oldest is."""
    found = queries.figures()
    click.echo(f"events not yet expanded  {found.unexpanded}")
    click.echo(f"deliveries due           {found.waiting}")
    click.echo(f"wait for the mail server {found.unreachable}")
    click.echo(f"oldest due               {int(found.oldest_due.total_seconds())} s")
    click.echo(f"bounced                  {found.bounced}")
    click.echo(f"failed                   {found.failed}")
    click.echo(f"uncertain                {found.uncertain}")
    with in_language("en"):
        for sentence, number in queries.reasons().items():
            click.echo(f"{number} not sent: {sentence}")


@outbox_cli.command("drain")
def drain() -> None:
    """Expand what waits and send what is due, without broker and worker. Safe beside running workers."""
    swept = services.sweep()
    tried = 0
    while number := services.deliver():
        tried += number
        click.echo(f"{tried} tried", err=True)
    click.echo(f"{swept['dispatched']} events expanded, {tried} deliveries tried")
    status.callback()  # type: ignore[misc]
