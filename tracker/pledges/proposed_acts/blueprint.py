"""The addresses of acts that take two persons."""

from typing import Any

from flask import Blueprint

from tracker.pledges.presenting import words
from tracker.pledges.proposed_acts.lifecycle import STATUS_LABELS

acts_bp = Blueprint("acts", __name__, url_prefix="/finance/acts")


@acts_bp.context_processor
def what_templates_may_use() -> dict[str, Any]:
    """Labels and small functions for the templates."""
    return {**words(), "ACT_STATUS": STATUS_LABELS}
