"""The addresses of travel costs among the settings of the admin panel."""

from flask import Blueprint

bp = Blueprint("costs", __name__, url_prefix="/settings/travel-costs")
