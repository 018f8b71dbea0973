"""The pages on which each person begins, and what auditors opened: home, the State's desk, the donor's desk."""

from flask import Flask

from tracker.desks.blueprint import bp
from tracker.languages.marking import lazy
from tracker.web import navigation
from tracker.web.navigation import Page


def init_app(app: Flask) -> None:
    """Bind the pages."""
    from tracker.events import sentences
    from tracker.events.opening import SENTENCES
    from tracker.web import finding_views

    sentences.register(SENTENCES)
    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    navigation.add(
        app,
        Page("desks.home", lazy("Home"), order=0, hidden_from=frozenset({"signed_in"})),
        Page("desks.state", lazy("Desk"), order=10),
        Page("desks.donor", lazy("Donor's desk"), order=12),
        Page("desks.donor_needs", lazy("Needs"), order=25),
        Page("desks.finance_worklist", lazy("Worklist"), group="money", order=18, icon="review"),
        Page("desks.how_it_works", lazy("How it works"), order=80, hidden_from=frozenset({"signed_in"})),
        Page("desks.how_it_works", lazy("How it works"), group="footer", order=10),
        Page("desks.openings", lazy("Opened by auditors"), group="registry", order=27, icon="review"),
    )
