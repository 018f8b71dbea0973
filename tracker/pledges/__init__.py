"""Pledges: what donors promise, and the ledger of each amount that came in and was used."""

from flask import Flask

from tracker.languages.marking import lazy
from tracker.web import navigation
from tracker.web.navigation import Page


def init_app(app: Flask) -> None:
    """Register the pages, the commands, and what happens here when a request is decided, withdrawn or completed."""
    from tracker.accounts import waiting_work as door
    from tracker.deadlines import sources
    from tracker.events import sentences
    from tracker.imports import kinds
    from tracker.pledges import commands, models, queries, reactions, waiting_work  # noqa: F401 - the tables must be known
    from tracker.pledges.blueprint import finance_bp, pledges_bp
    from tracker.pledges.deadlines import pledge_days
    from tracker.pledges.import_kind import PLEDGES
    from tracker.pledges.proposed_acts import kinds as acts
    from tracker.pledges.proposed_acts import queries as act_queries
    from tracker.pledges.proposed_acts.blueprint import acts_bp
    from tracker.pledges.proposed_acts.own_kinds import KINDS
    from tracker.pledges.queries import rates
    from tracker.pledges.sentences import SENTENCES
    from tracker.reference import doubts
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    _register_exports()
    app.register_blueprint(pledges_bp)
    app.register_blueprint(finance_bp)
    app.register_blueprint(acts_bp)
    acts.register(*KINDS)
    kinds.register(PLEDGES)
    app.cli.add_command(commands.ledger_cli)
    app.cli.add_command(commands.pledges_cli)
    reactions.register()
    sources.register(pledge_days)
    door.register(held=waiting_work.HELD, for_roles=waiting_work.FOR_ROLES)
    doubts.register_rates(rates.revalued)
    sentences.register(SENTENCES)
    navigation.add(
        app,
        Page("pledges.index", lazy("Pledges"), order=30, hidden_from=frozenset({"staff"})),
        Page("pledges.index", lazy("Pledges"), group="money", order=10, icon="coin"),
        Page("finance.desk", lazy("Finance"), group="money", order=20, icon="review", counter="finance"),
        Page("acts.index", lazy("Steps of two persons"), group="money", order=30, icon="review", counter="acts"),
    )
    navigation.count_with(app, queries.count_waiting)
    navigation.count_with(app, act_queries.count_waiting)


def _register_exports() -> None:
    from tracker.documents import lists
    from tracker.pledges import exports, finance_exports

    lists.register(*exports.EXPORTED, *finance_exports.EXPORTED)
