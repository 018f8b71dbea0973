"""The pages of accounts; every module adds its own to one blueprint."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from tracker.accounts.views import signing_in  # noqa: E402, F401 - they bind to `bp`
