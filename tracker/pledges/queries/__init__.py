"""Reads, already limited to what the actor may see."""

from tracker.pledges.queries.coverage import Coverage, coverage_of, in_fund
from tracker.pledges.queries.finance import count_waiting, latest_payments, names_of_allocations, payments_of, waiting
from tracker.pledges.queries.lines import LedgerLine, ledger_of, receipts_of_instalments
from tracker.pledges.queries.lists import PAGE, DonorDesk, donor_desk, due_in_and_back, due_instalments, list_pledges
from tracker.pledges.queries.needs import (
    MOST_NEEDS,
    OpenNeed,
    consented_fields,
    get_need,
    interests_of,
    open_needs,
)
from tracker.pledges.queries.papers import paper_of_need, papers_of_need
from tracker.pledges.queries.purses import Purse, open_purses
from tracker.pledges.queries.rates import Rate, currencies_on, has_rate, rate_on, support_rate_bp
from tracker.pledges.queries.requests import (
    Candidate,
    Funding,
    Need,
    candidates,
    fitting_cash,
    fundable_request,
    funding_of,
    must_suit,
    sums_of,
)
from tracker.pledges.queries.seat_lines import (
    SeatSums,
    lines_of,
    lines_of_each,
    open_lines_of,
    seat_number,
    sums_of_seats,
)
from tracker.pledges.queries.shares import facts_of
from tracker.pledges.queries.unspent import ToGiveBack
from tracker.pledges.queries.uses import Use, results_of, use_of, uses_for_request, uses_for_session, uses_of_pledge
from tracker.pledges.queries.visible import (
    get_act,
    get_allocation,
    get_visible,
    get_visible_by_id,
    may_name,
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
    "Purse",
    "Rate",
    "SeatSums",
    "ToGiveBack",
    "Use",
    "candidates",
    "consented_fields",
    "count_waiting",
    "coverage_of",
    "currencies_on",
    "donor_desk",
    "due_in_and_back",
    "due_instalments",
    "facts_of",
    "fitting_cash",
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
    "lines_of",
    "lines_of_each",
    "list_pledges",
    "may_name",
    "must_suit",
    "names_of_allocations",
    "open_lines_of",
    "open_needs",
    "open_purses",
    "paper_of_need",
    "papers_of_need",
    "payments_of",
    "postings_of",
    "rate_on",
    "receipts_of_instalments",
    "results_of",
    "seat_number",
    "sums_of",
    "sums_of_seats",
    "support_rate_bp",
    "use_of",
    "uses_for_request",
    "uses_for_session",
    "uses_of_pledge",
    "visible_to",
    "waiting",
]
