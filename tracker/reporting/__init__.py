"""Reports of sessions: the figures of one session for the office, for a donor, for everybody, and over all sessions."""

from flask import Flask

from tracker.languages.marking import lazy
from tracker.web import navigation
from tracker.web.navigation import Page


def init_app(app: Flask) -> None:
    """Bind the pages, and lead to them from the pages of sessions."""
    from tracker.reference import session_cards
    from tracker.reporting.blueprint import bp
    from tracker.reporting.cards import CARDS
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    session_cards.register(*CARDS)
    navigation.add(
        app,
        Page("reporting.donor_reports", lazy("Reports"), order=27),
        Page("reporting.over_all", lazy("Reports"), group="work", order=60, icon="chart"),
        Page("reporting.published", lazy("Asked and given"), order=75, hidden_from=frozenset({"signed_in"})),
        Page("reporting.published", lazy("Asked and given"), group="footer", order=20),
    )
