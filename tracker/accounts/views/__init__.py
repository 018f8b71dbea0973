"""The pages of accounts; every module adds its own to one blueprint."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from tracker.accounts.views import (  # noqa: E402, F401 - they bind to `bp`
    account_requests,
    coming_in,
    organisations,
    people,
    profile,
    settings,
    signing_in,
)
