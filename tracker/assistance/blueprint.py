"""The State's addresses about its requests, below /requests."""

from flask import Blueprint

bp = Blueprint("assistance", __name__, url_prefix="/requests")
