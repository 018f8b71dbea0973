"""The addresses of the admin panel for requests, below /triage."""

from flask import Blueprint

bp = Blueprint("triage", __name__, url_prefix="/triage")
