"""Pages about reference data: public ones about sessions, and the settings of the admin panel."""

from flask import Blueprint

public = Blueprint("sessions", __name__, url_prefix="/sessions")
settings = Blueprint("settings", __name__, url_prefix="/settings")

from tracker.reference.views import amounts, calendar, ending, meetings, overview  # noqa: E402, F401 - they bind to these
