"""For each CHECK that lists what a column may hold, the rows are made from the list; here is what else must change
with a value that nobody knows, so that no other CHECK refuses it, too."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import NOW, Values
from tests.constraints.schema import ENUMERATIONS

UNKNOWN = "?"
_BESIDE: dict[str, Values] = {
    "ck_account_requests_status_known": {"checked_at": NOW},
    "ck_assistance_requests_status_known": {"origin": "imported"},
    "ck_jobs_status_known": {"ended_at": NOW},
    "ck_pledges_status_known": {"ended_at": NOW},
    "ck_role_proposals_status_known": {"answered_at": NOW},
}

CASES: Cases = {
    name: [Pair({}, {column: UNKNOWN, **_BESIDE.get(name, {})})] for name, (column, _) in ENUMERATIONS.items()
}
