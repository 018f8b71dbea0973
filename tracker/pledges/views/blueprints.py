"""Where the pages of this capability live."""

from typing import Any

from flask import Blueprint

from tracker.pledges.views.presenting import words

pledges_bp = Blueprint("pledges", __name__, url_prefix="/pledges")
finance_bp = Blueprint("finance", __name__, url_prefix="/finance")

SEES_PLEDGES = ("donor", "triage_officer", "programme_manager", "finance_officer", "auditor")
SEES_MONEY = ("triage_officer", "programme_manager", "finance_officer", "auditor")


@pledges_bp.context_processor
@finance_bp.context_processor
def what_templates_may_use() -> dict[str, Any]:
    """Labels and small functions for the templates."""
    return words()
