"""The reads behind statements, limited to what their reader may see."""

from tracker.statements.queries.ledger import Steps, figures_of
from tracker.statements.queries.pledges import first_day_of, planned_on, uses_of, uses_on_paper

__all__ = ["Steps", "figures_of", "first_day_of", "planned_on", "uses_of", "uses_on_paper"]
