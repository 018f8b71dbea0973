"""Accounts of the money from a day to a day, with every step behind each figure: of a pledge, a donor, a request, a
session, the whole fund."""

from flask import Flask

OFFICE, DONORS = frozenset({"programme_manager", "finance_officer", "auditor"}), frozenset({"donor"})
"""Whose menu does not show the page a second time."""


def init_app(app: Flask) -> None:
    """Bind the pages, and lead to them from the pages of pledges."""
    from tracker.events import sentences
    from tracker.languages.marking import lazy
    from tracker.pledges import page_cards
    from tracker.reference import session_cards
    from tracker.statements.annual import work
    from tracker.statements.blueprint import bp
    from tracker.statements.cards import PLEDGE_CARDS, SESSION_CARDS
    from tracker.statements.sentences import SENTENCES
    from tracker.web import finding_views, navigation
    from tracker.web.navigation import Page

    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    page_cards.register(*PLEDGE_CARDS)
    session_cards.register(*SESSION_CARDS)
    sentences.register(SENTENCES)
    work.register()
    navigation.add(
        app,
        Page("statements.annual_reports", lazy("Annual reports"), order=28, hidden_from=OFFICE),
        Page(
            "statements.annual_reports",
            lazy("Annual reports"),
            group="work",
            order=61,
            icon="chart",
            hidden_from=DONORS,
        ),
    )
