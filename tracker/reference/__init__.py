"""Reference data: States, sessions, areas, currencies, rates, rules and holidays as dated facts, with their loaders."""

from flask import Flask

from tracker.languages.marking import lazy
from tracker.reference import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Bind the pages, commands and filters."""
    from tracker.documents import lists
    from tracker.reference import blueprint, exports, presenting
    from tracker.reference.commands import reference
    from tracker.web import finding_views, navigation

    presenting.init_app(app)
    finding_views.import_views(__name__)
    lists.register(*exports.EXPORTED)
    app.register_blueprint(blueprint.public)
    app.register_blueprint(blueprint.settings)
    app.cli.add_command(reference)
    navigation.add(
        app,
        navigation.Page("sessions.index", lazy("Sessions"), order=40, hidden_from=frozenset({"staff"})),
        navigation.Page("sessions.index", lazy("Sessions"), group="footer", order=30),
        navigation.Page("settings.sessions", lazy("Sessions"), group="registry", order=70, icon="calendar"),
        navigation.Page("settings.index", lazy("Rules and clocks"), group="registry", order=80, icon="gear"),
    )
