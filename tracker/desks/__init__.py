"""Where each person begins: the home page, the State's desk, the donor's desk."""

from flask import Blueprint, Flask

bp = Blueprint("desks", __name__)


def init_app(app: Flask) -> None:
    """Bind the pages; each module adds its views to the one blueprint."""
    from tracker.desks import home

    _ = home
    app.register_blueprint(bp)
