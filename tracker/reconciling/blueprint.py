"""The addresses of reconciliation."""

from flask import Blueprint

bp = Blueprint("reconciling", __name__, url_prefix="/finance/reconciliation")
