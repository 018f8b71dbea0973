"""Accounts of the money: of a pledge from a day to a day, with every step behind each figure."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the pages, and lead to them from the pages of pledges."""
    from tracker.events import sentences
    from tracker.pledges import page_cards
    from tracker.statements.blueprint import bp
    from tracker.statements.cards import PLEDGE_CARDS
    from tracker.statements.sentences import SENTENCES
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    page_cards.register(*PLEDGE_CARDS)
    sentences.register(SENTENCES)
