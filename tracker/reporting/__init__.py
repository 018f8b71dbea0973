"""Reports of sessions: the figures of one session for the office, for a donor, for everybody, and over all sessions."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the pages, and lead to them from the pages of sessions."""
    from tracker.reference import session_cards
    from tracker.reporting.blueprint import bp
    from tracker.reporting.cards import CARDS
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    session_cards.register(*CARDS)
