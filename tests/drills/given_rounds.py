"""ROUNDS: small rounds beside exhaustive search, and each sentence of their explanations computed again."""

from collections.abc import Sequence

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.rounds.proposing.cases import small
from tests.rounds.proposing.exhaustive import best_of
from tracker.rounds.ordering import SelectionRule
from tracker.rounds.proposing.explaining import explain
from tracker.rounds.proposing.model import Model
from tracker.rounds.proposing.proposal import Told, propose
from tracker.rounds.proposing.question import Question
from tracker.rounds.proposing.turns import Solved, in_turn

MANY = 200


def run(site: DrillSite) -> list[Outcome]:
    """Every round of this part."""
    numbers = range(0, MANY, max(1, round(1 / site.scale)))
    wrong, passes, sentences = list[str](), 0, 0
    for number in site.mine(numbers):
        compared, said, found = judged(small(number))
        passes, sentences = passes + compared, sentences + said
        wrong += [f"round {number}: {one}" for one in found]
    return [
        Outcome(
            "ROUNDS",
            f"{passes} passes beside exhaustive search, {sentences} sentences computed again, {len(wrong)} wrong"
            + (f": {wrong[0]}" if wrong else ""),
            "the best by the rules, and every sentence true",
            not wrong and sentences > 0,
            counts={"passes": passes, "sentences": sentences, "wrong": len(wrong)},
        )
    ]


def judged(question: Question) -> tuple[int, int, list[str]]:
    """How many passes and sentences there were of a round, and what was wrong."""
    wrong, passes = list[str](), list[Solved]()

    def both(model: Model, rules: Sequence[SelectionRule], number: int, tell: Told) -> Solved:
        solved = in_turn(model, rules, number, tell)
        given = {model.seats[seat].delegate_id for seat in solved.paid}
        passes.append(solved)
        if given != best_of(model, rules) or not solved.proved:
            wrong.append(f"pass {number} is not the best")
        return solved

    proposal, said = propose(question, solve=both), 0
    for one in explain(question, proposal):
        for sentence in one.for_office:
            said += 1
            seats = len(proposal.of(one.request_id))
            if not sentence.claims or not all(
                claim.holds(question, one.request_id, seats) for claim in sentence.claims
            ):
                wrong.append(f"“{sentence.key}” of request {one.request_id}")
    return len(passes), said, wrong


DRILLS = [Drill(("ROUNDS",), run)]
