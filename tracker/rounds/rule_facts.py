"""What the rules ask of a round: a value made of a whole row, here and nowhere else."""

from dataclasses import dataclass

from tracker.rights.rules import Facts
from tracker.rounds.lifecycle import RoundStatus
from tracker.rounds.models import Round


@dataclass(frozen=True, slots=True)
class RoundFacts(Facts):
    """Where a round stands, and who prepared it last."""

    status: RoundStatus
    prepared_by_id: int | None


def rule_facts_of(round_: Round) -> RoundFacts:
    """The facts of a loaded row; no statement."""
    return RoundFacts(status=RoundStatus(round_.status), prepared_by_id=round_.prepared_by_id)
