"""The addresses of reports."""

from flask import Blueprint

bp = Blueprint("reporting", __name__)
