"""Requests: from draft through authorisation, triage and decision to what was delivered."""

from flask import Flask

from tracker.assistance import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Bind the State's pages and the commands, set the completeness checks, let the clocks follow their rules."""
    from tracker import components, error_pages, navigation
    from tracker.assistance import commands, completeness, field_table, history, reactions
    from tracker.assistance.views import bp, meanwhile
    from tracker.events import sentences
    from tracker.i18n import lazy

    completeness.register_gates()
    reactions.register()
    sentences.register(history.SENTENCES)
    app.register_blueprint(bp)
    components.know_labels(field_table.labels())
    error_pages.explain(bp.name, meanwhile.of_the_page)
    app.cli.add_command(commands.requests)
    navigation.add(app, navigation.Page("assistance.index", lazy("Requests"), group="main", order=20))
