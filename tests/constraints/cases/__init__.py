"""For each CHECK, rows that pass beside rows that break it and nothing else."""

from tests.constraints.cases import (
    accounts,
    acts,
    assistance,
    claims,
    decisions,
    documents,
    enumerations,
    messages,
    money,
    notifications,
    offers,
    papers,
    participation,
    pledges,
    reference,
    rounds,
    seats,
    settlements,
    travel,
)
from tests.constraints.cases.pair import Cases, Pair

__all__ = ["CASES", "Pair"]

CASES: Cases = {
    **enumerations.CASES,
    **accounts.CASES,
    **acts.CASES,
    **assistance.CASES,
    **claims.CASES,
    **decisions.CASES,
    **documents.CASES,
    **messages.CASES,
    **money.CASES,
    **notifications.CASES,
    **offers.CASES,
    **papers.CASES,
    **participation.CASES,
    **pledges.CASES,
    **reference.CASES,
    **rounds.CASES,
    **seats.CASES,
    **settlements.CASES,
    **travel.CASES,
}
