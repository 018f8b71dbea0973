"""Pledges: what donors promise, and the ledger of what became of every minor unit."""

from typing import Any


def init_app(app: Any) -> None:
    """Register the pages, the commands, and what happens here when a request is decided, withdrawn or completed."""
    from tracker.pledges import commands, models, reactions, views  # noqa: F401 - the tables must be known

    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(commands.ledger_cli)
    app.cli.add_command(commands.pledges_cli)
    reactions.register()
