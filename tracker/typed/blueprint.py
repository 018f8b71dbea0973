"""The addresses to which forms send what is being typed."""

from flask import Blueprint

bp = Blueprint("typed", __name__, url_prefix="/unsent")
