"""Reads, already limited to what the actor may see."""

from tracker.pledges.queries.coverage import Coverage, coverage_of, in_fund
from tracker.pledges.queries.finance import count_waiting, latest_payments, payments_of, waiting
from tracker.pledges.queries.lines import LedgerLine, ledger_of, receipts_of_instalments
from tracker.pledges.queries.lists import PAGE, DonorDesk, donor_desk, due_in_and_back, list_pledges
from tracker.pledges.queries.needs import (
    MOST_NEEDS,
    OpenNeed,
    consented_fields,
    get_need,
    interests_of,
    open_needs,
)
from tracker.pledges.queries.rates import Rate, currencies_on, has_rate, rate_on, support_rate_bp
from tracker.pledges.queries.requests import (
    Candidate,
    Funding,
    Need,
    candidates,
    fundable_request,
    funding_of,
    must_suit,
    sums_of,
)
from tracker.pledges.queries.shares import facts_of
from tracker.pledges.queries.unspent import ToGiveBack
from tracker.pledges.queries.uses import Use, results_of, use_of, uses_for_request, uses_of_pledge
from tracker.pledges.queries.visible import (
    get_act,
    get_allocation,
    get_visible,
    get_visible_by_id,
    postings_of,
    visible_to,
)

__all__ = [
    "MOST_NEEDS",
    "PAGE",
    "Candidate",
    "Coverage",
    "DonorDesk",
    "Funding",
    "LedgerLine",
    "Need",
    "OpenNeed",
    "Rate",
    "ToGiveBack",
    "Use",
    "candidates",
    "consented_fields",
    "count_waiting",
    "coverage_of",
    "currencies_on",
    "donor_desk",
    "due_in_and_back",
    "facts_of",
    "fundable_request",
    "funding_of",
    "get_act",
    "get_allocation",
    "get_need",
    "get_visible",
    "get_visible_by_id",
    "has_rate",
    "in_fund",
    "interests_of",
    "latest_payments",
    "ledger_of",
    "list_pledges",
    "must_suit",
    "open_needs",
    "payments_of",
    "postings_of",
    "rate_on",
    "receipts_of_instalments",
    "results_of",
    "sums_of",
    "support_rate_bp",
    "use_of",
    "uses_for_request",
    "uses_of_pledge",
    "visible_to",
    "waiting",
]
