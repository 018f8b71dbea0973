"""The addresses of pledges and of the finance desk."""

from typing import Any

from flask import Blueprint

from tracker.pledges.presenting import words
from tracker.rights.actor import REQUEST_READERS

pledges_bp = Blueprint("pledges", __name__, url_prefix="/pledges")
finance_bp = Blueprint("finance", __name__, url_prefix="/finance")

SEES_PLEDGES = ("donor", *REQUEST_READERS)


@pledges_bp.context_processor
@finance_bp.context_processor
def what_templates_may_use() -> dict[str, Any]:
    """Labels and small functions for the templates."""
    return words()
