"""Deadlines: what has to be done until when, from every capability, as a page and as a calendar feed."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the pages."""
    from tracker.deadlines import blueprint, models  # noqa: F401 - the table must be known
    from tracker.deadlines.sentences import SENTENCES
    from tracker.events import sentences
    from tracker.languages.marking import lazy
    from tracker.web import finding_views, navigation

    sentences.register(SENTENCES)
    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    navigation.add(
        app,
        navigation.Page("deadlines.index", lazy("Deadlines"), order=45, hidden_from=frozenset({"staff"})),
        navigation.Page("deadlines.index", lazy("Deadlines"), group="work", order=50, icon="calendar"),
    )
