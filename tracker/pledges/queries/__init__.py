"""Reads, already limited to what the actor may see."""

from tracker.pledges.queries.rates import Rate, currencies_on, has_rate, rate_on, support_rate_bp
from tracker.pledges.queries.requests import (
    Candidate,
    Funding,
    Need,
    candidates,
    facts_of,
    fundable_request,
    funding_of,
    must_suit,
    promised_in_fund,
    sums_of,
    uses_of,
)
from tracker.pledges.queries.visible import (
    get_act,
    get_allocation,
    get_visible,
    get_visible_by_id,
    postings_of,
    visible_to,
)

__all__ = [
    "Candidate",
    "Funding",
    "Need",
    "Rate",
    "candidates",
    "currencies_on",
    "facts_of",
    "fundable_request",
    "funding_of",
    "get_act",
    "get_allocation",
    "get_visible",
    "get_visible_by_id",
    "has_rate",
    "must_suit",
    "postings_of",
    "promised_in_fund",
    "rate_on",
    "sums_of",
    "support_rate_bp",
    "uses_of",
    "visible_to",
]
