"""The State's pages about its requests, from the first draft to the last confirmation."""

from flask import Blueprint

bp = Blueprint("assistance", __name__, url_prefix="/requests")

from tracker.assistance.views import (  # noqa: E402, F401 - each module adds its addresses
    answering,
    authorising,
    confirming,
    drafting,
    listing,
    papers,
    showing,
    steps,
    withdrawing,
)
