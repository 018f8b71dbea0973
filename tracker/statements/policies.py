"""Who may do what with statements; who may read a pledge reads its statements."""

import enum
from typing import Any

from tracker.pledges.policies import FINANCE, keeps_money
from tracker.rights.rules import Rules


class StatementAction(enum.StrEnum):
    """What is done with statements."""

    ISSUE = "issue"


RULES: Rules[Any] = {StatementAction.ISSUE: (FINANCE, keeps_money)}
