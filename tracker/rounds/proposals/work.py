"""The long work of a proposal: compute, explain, compare; what came out is kept with the proposal."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from tracker import jobs
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.languages.marking import N_
from tracker.rounds.models import Round
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposing.colliding import collisions
from tracker.rounds.proposing.comparing import Figures, figures, first_come, greedy
from tracker.rounds.proposing.explaining import Explained, Sentence, explain
from tracker.rounds.proposing.proposal import Proposal, propose
from tracker.rounds.proposing.question import Question, read
from tracker.web.navigation import page_url

PROPOSE = "rounds.propose"
SEATS_PROPOSED = N_("Seats proposed: %(count)d.")
EXPLAINED = 10
"""The steps of the work that follow those of the passes."""


def register() -> None:
    """Make the work known."""
    jobs.register(PROPOSE, label=N_("Proposing seats of a round"), result_url=_page)(compute)


def _page(job: Job) -> str | None:
    rows = sa.select(Round.public_id, RoundProposal.number).join(Round, Round.id == RoundProposal.round_id)
    found = db.session.execute(rows.where(RoundProposal.job_public_id == job.public_id)).one_or_none()
    return page_url("rounds.proposal", public_id=found.public_id, proposal_number=found.number) if found else None


def compute(work: jobs.Work) -> None:
    """Compute a proposal from the values that were kept with it. Begun anew, it gives the same."""
    row = db.session.scalars(sa.select(RoundProposal).where(RoundProposal.job_public_id == work.public_id)).one()
    proposal_id, question = row.id, read(row.inputs["question"])
    db.session.rollback()

    told = (0, 1)

    def tell(done: int, total: int) -> None:
        nonlocal told
        told = (done, total + EXPLAINED)
        work.progress(*told)

    proposal = propose(question, tell)
    keep(proposal_id, said_of(question, proposal, lambda: work.progress(*told)))
    work.say(SEATS_PROPOSED, count=len(proposal.seats))


def said_of(question: Question, proposal: Proposal, alive: Callable[[], None] = lambda: None) -> dict[str, Any]:
    """Everything that is kept of a proposal, as plain values; `alive` is told before each State and rule, and may stop
    the work."""
    ways = {"rules": proposal.seats, "one_by_one": greedy(question), "first_come": first_come(question)}
    return {
        **proposal.written(),
        "texts": [_written(one) for one in explain(question, proposal, alive)],
        "collisions": [[one.earlier, one.later, one.value, one.alone] for one in collisions(question, proposal, alive)],
        "figures": {way: _figures(figures(question, seats)) for way, seats in ways.items()},
    }


def _written(one: Explained) -> dict[str, Any]:
    return {
        "request": one.request_id,
        "state": [_sentence(sentence) for sentence in one.for_state],
        "office": [_sentence(sentence) for sentence in one.for_office],
    }


def _sentence(sentence: Sentence) -> list[Any]:
    return [sentence.key, sentence.facts]


def _figures(of: Figures) -> list[Any]:
    share = of.lowest_share
    return [of.states, of.people, [share.numerator, share.denominator], of.unused]


@verb(events=0)
def keep(proposal_id: int, outcome: dict[str, Any]) -> None:
    """Keep what came out, once; the end of the work is its event."""
    update_where(RoundProposal, RoundProposal.id == proposal_id, RoundProposal.outcome.is_(None), outcome=outcome)
