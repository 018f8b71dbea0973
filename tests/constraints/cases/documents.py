"""What left as a list: as many rows as there are, the confidential ones among them for a reason."""

from tests.constraints.cases.pair import Cases, Pair

CASES: Cases = {
    "ck_list_exports_confidential_among_rows": [
        Pair({"rows": 2, "confidential": 2, "reason": "."}, {"confidential": 3}),
        Pair({"rows": 0, "confidential": 0}, {"rows": -1}),
    ],
    "ck_list_exports_confidential_for_a_reason": [
        Pair({"rows": 1, "confidential": 1, "reason": "."}, {"reason": ""}),
    ],
}
