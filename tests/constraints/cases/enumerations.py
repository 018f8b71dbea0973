"""For each CHECK that lists what a column may hold, the rows are made from the list; here is what else must change
with a value that nobody knows, so that no other CHECK refuses it, too."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import DAY, NOW, ROW, Values
from tests.constraints.schema import ENUMERATIONS

UNKNOWN = "?"
_BESIDE: dict[str, Values] = {
    "ck_account_requests_status_known": {"checked_at": NOW},
    "ck_assistance_requests_status_known": {"origin": "imported"},
    "ck_cost_rates_cabin_known": {"what": "fare", "place": "", "up_to_km": 1},
    "ck_claim_papers_line_known": {"kind": "receipt", "paid_on": DAY, "amount_minor": 1, "currency": "EUR"},
    "ck_delegate_claims_status_known": {"sent_at": NOW},
    "ck_decisions_kind_known": {"outcome": "declined"},
    "ck_disbursements_part_known": {"direction": "paid", "seat_line_id": ROW},
    "ck_delegate_papers_pays_by_known": {"payment_on": DAY},
    "ck_import_runs_status_known": {"ended_at": NOW},
    "ck_jobs_status_known": {"ended_at": NOW},
    "ck_offers_outcome_known": {"closed_at": NOW},
    "ck_pledges_status_known": {"ended_at": NOW},
    "ck_proposed_acts_status_known": {"answered_at": NOW, "answered_by_id": ROW},
    "ck_seats_borne_by_known": {
        "status": "settled",
        "ended_at": NOW,
        "reason": ".",
        "cause": "other",
        "borne_why": ".",
    },
    "ck_seats_cause_known": {"status": "settled", "ended_at": NOW, "reason": "."},
    "ck_settlement_lines_owes_known": {"owed_minor": 1},
    "ck_role_proposals_status_known": {"answered_at": NOW},
    "ck_seat_deviations_borne_by_known": {"fare_minor": 2, "comparable_minor": 1},
    "ck_seat_travels_shown_by_known": {"first_day": DAY, "last_day": DAY},
}

CASES: Cases = {
    name: [Pair({}, {column: UNKNOWN, **_BESIDE.get(name, {})})] for name, (column, _) in ENUMERATIONS.items()
}
