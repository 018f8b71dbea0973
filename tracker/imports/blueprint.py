"""The addresses of imports, below /imports."""

from flask import Blueprint

bp = Blueprint("imports", __name__, url_prefix="/imports")
