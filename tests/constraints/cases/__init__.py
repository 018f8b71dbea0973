"""For each CHECK, rows that pass beside rows that break it and nothing else."""

from tests.constraints.cases import (
    accounts,
    assistance,
    decisions,
    enumerations,
    messages,
    money,
    notifications,
    pledges,
    reference,
)
from tests.constraints.cases.pair import Cases, Pair

__all__ = ["CASES", "Pair"]

CASES: Cases = {
    **enumerations.CASES,
    **accounts.CASES,
    **assistance.CASES,
    **decisions.CASES,
    **messages.CASES,
    **money.CASES,
    **notifications.CASES,
    **pledges.CASES,
    **reference.CASES,
}
