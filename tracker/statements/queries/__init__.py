"""The reads behind statements, limited to what their reader may see."""

from tracker.statements.queries.issued import Next, get_issued, issued_of, next_of, pdf_of, steps_of, steps_to
from tracker.statements.queries.ledger import Steps, figures_of, figures_of_each
from tracker.statements.queries.pledges import first_day_of, planned_on, uses_of, uses_on_paper
from tracker.statements.queries.several import (
    Begun,
    begun_pledges,
    get_request,
    pledges_behind,
    uses_for,
    uses_of_session,
)

__all__ = [
    "Begun",
    "Next",
    "Steps",
    "begun_pledges",
    "figures_of",
    "figures_of_each",
    "first_day_of",
    "get_issued",
    "get_request",
    "issued_of",
    "next_of",
    "pdf_of",
    "planned_on",
    "pledges_behind",
    "steps_of",
    "steps_to",
    "uses_for",
    "uses_of",
    "uses_of_session",
    "uses_on_paper",
]
