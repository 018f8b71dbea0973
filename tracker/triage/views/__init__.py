"""Addresses of the admin panel for requests, below /triage."""

from flask import Blueprint

bp = Blueprint("triage", __name__, url_prefix="/triage")

from tracker.triage.views import (  # noqa: E402, F401 - they register themselves on bp
    amending,
    bulk,
    clarifications,
    deciding,
    delivering,
    figures,
    paper,
    queue,
    requests,
    saved,
    triaging,
)
