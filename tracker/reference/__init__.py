"""Reference data: States, sessions, areas, currencies, rates, rules and holidays as dated facts, with their loaders."""

from flask import Flask

from tracker.i18n import lazy
from tracker.reference import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Bind the pages, commands and filters."""
    from tracker import navigation
    from tracker.reference import presenting, views
    from tracker.reference.commands import reference

    presenting.init_app(app)
    app.register_blueprint(views.public)
    app.register_blueprint(views.settings)
    app.cli.add_command(reference)
    navigation.add(
        app,
        navigation.Page("sessions.index", lazy("Sessions"), order=40, hidden_from=frozenset({"staff"})),
        navigation.Page("sessions.index", lazy("Sessions"), group="footer", order=30),
        navigation.Page("settings.sessions", lazy("Sessions"), group="registry", order=70, icon="calendar"),
        navigation.Page("settings.index", lazy("Rules and clocks"), group="registry", order=80, icon="gear"),
    )
