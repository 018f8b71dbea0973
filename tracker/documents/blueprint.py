"""The addresses of exports, below /exports."""

from flask import Blueprint

bp = Blueprint("lists", __name__, url_prefix="/exports")
