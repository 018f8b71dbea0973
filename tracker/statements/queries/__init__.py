"""The reads behind statements, limited to what their reader may see."""

from tracker.statements.queries.issued import Next, get_issued, issued_of, next_of, pdf_of, steps_of, steps_to
from tracker.statements.queries.ledger import Steps, figures_of
from tracker.statements.queries.pledges import first_day_of, planned_on, uses_of, uses_on_paper

__all__ = [
    "Next",
    "Steps",
    "figures_of",
    "first_day_of",
    "get_issued",
    "issued_of",
    "next_of",
    "pdf_of",
    "planned_on",
    "steps_of",
    "steps_to",
    "uses_of",
    "uses_on_paper",
]
