"""Who may do what with annual reports; who may read them, `queries.get_donor` says."""

import enum
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.policies import has_role
from tracker.rights.actor import MONEY_PLANNERS, PLEDGE_WRITERS
from tracker.rights.rules import Rules

READERS = (*MONEY_PLANNERS, "auditor")
"""Who of the office reads the report of a donor."""


class AnnualAction(enum.StrEnum):
    """What is done with annual reports."""

    COUNT = "count"
    EXPLAIN = "explain"


RULES: Rules[Any] = {
    AnnualAction.COUNT: (
        has_role(
            *PLEDGE_WRITERS,
            *MONEY_PLANNERS,
            sentence=lazy("Only the donor’s people, programme managers and finance officers have a report counted."),
        ),
    ),
    AnnualAction.EXPLAIN: (
        has_role("programme_manager", sentence=lazy("Only a programme manager explains deviations.")),
    ),
}
