"""The public addresses of sessions, and those of the settings of the admin panel."""

from flask import Blueprint

public = Blueprint("sessions", __name__, url_prefix="/sessions")
settings = Blueprint("settings", __name__, url_prefix="/settings")
