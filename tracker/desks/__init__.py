"""Where each person begins: the home page, the State's desk, the donor's desk."""

from flask import Blueprint, Flask

from tracker import navigation
from tracker.i18n import lazy
from tracker.navigation import Page

bp = Blueprint("desks", __name__)


def init_app(app: Flask) -> None:
    """Bind the pages; each module adds its views to the one blueprint."""
    from tracker.desks import donor, home, state  # noqa: F401 - importing them adds their views

    app.register_blueprint(bp)
    navigation.add(
        app,
        Page("desks.home", lazy("Home"), order=0, hidden_from=frozenset({"signed_in"})),
        Page("desks.state", lazy("Desk"), order=10),
        Page("desks.donor", lazy("Donor's desk"), order=12),
        Page("desks.donor_needs", lazy("Needs"), order=25),
        Page("desks.how_it_works", lazy("How it works"), order=80, hidden_from=frozenset({"signed_in"})),
        Page("desks.how_it_works", lazy("How it works"), group="footer", order=10),
    )
