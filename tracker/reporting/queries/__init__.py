"""The facts of reports, limited to what their reader may know: of one session, and over all of them."""

from tracker.reporting.queries.overall import equity_for_office, equity_for_public, sessions_paid_by, withheld_from
from tracker.reporting.queries.session import facts_for_donor, facts_for_office, facts_for_public

__all__ = [
    "equity_for_office",
    "equity_for_public",
    "facts_for_donor",
    "facts_for_office",
    "facts_for_public",
    "sessions_paid_by",
    "withheld_from",
]
