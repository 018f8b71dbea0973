"""Pledges: what donors promise, and the ledger of what became of every minor unit."""

from flask import Flask

from tracker import navigation
from tracker.i18n import lazy
from tracker.navigation import Page


def init_app(app: Flask) -> None:
    """Register the pages, the commands, and what happens here when a request is decided, withdrawn or completed."""
    from tracker.events import sentences
    from tracker.pledges import commands, models, queries, reactions, views  # noqa: F401 - the tables must be known
    from tracker.pledges.sentences import SENTENCES

    for blueprint in views.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.cli.add_command(commands.ledger_cli)
    app.cli.add_command(commands.pledges_cli)
    reactions.register()
    sentences.register(SENTENCES)
    navigation.add(
        app,
        Page("pledges.index", lazy("Pledges"), order=30, hidden_from=frozenset({"staff"})),
        Page("pledges.index", lazy("Pledges"), group="money", order=10, icon="coin"),
        Page("finance.desk", lazy("Finance"), group="money", order=20, icon="review", counter="finance"),
    )
    navigation.count_with(app, queries.count_waiting)
