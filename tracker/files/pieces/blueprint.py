"""The address to which a browser sends a file in pieces."""

from flask import Blueprint

bp = Blueprint("files", __name__, url_prefix="/pieces")
