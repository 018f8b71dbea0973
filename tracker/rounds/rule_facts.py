"""What the rules ask of a round: a value made of a whole row, here and nowhere else."""

from dataclasses import dataclass

import sqlalchemy as sa

from tracker.extensions import db
from tracker.rights.rules import Facts
from tracker.rounds.lifecycle import RoundStatus
from tracker.rounds.models import Round, RoundSeat


@dataclass(frozen=True, slots=True)
class RoundFacts(Facts):
    """Where a round stands, who prepared it last, and who gave its seats."""

    status: RoundStatus
    prepared_by_id: int | None
    given_by_ids: frozenset[int]


def rule_facts_of(round_: Round) -> RoundFacts:
    """The facts of a loaded row; one statement for who gave its seats."""
    givers = sa.select(RoundSeat.given_by_id).where(RoundSeat.round_id == round_.id).distinct()
    return RoundFacts(
        status=RoundStatus(round_.status),
        prepared_by_id=round_.prepared_by_id,
        given_by_ids=frozenset(db.session.scalars(givers)),
    )
