"""`python -m tests.benchmarks.rounds`: how long the solver of rounds takes, alone; seconds of the processor and of the
clock, memory, and the largest gap of an objective.

Prints one line for each size and how the proposal stands beside first-come and the order served one by one. ONLY=1,3
chooses sizes. Nothing is held to a time here: a busy machine is slow, and the answer is the same.
"""

import os
import random
import resource
import sys
import time
from collections.abc import Callable

from tests.rounds.proposing.cases import Size, drawn
from tracker.rounds.proposing.colliding import collisions
from tracker.rounds.proposing.comparing import figures, first_come, greedy
from tracker.rounds.proposing.explaining import explain
from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.proposal import Proposal, propose
from tracker.rounds.proposing.question import Fund, Question
from tracker.rounds.proposing.turns import Course

ROUNDS = {
    "22 States, 4 pledges, money for most": Size(22, 2, 4, 28, cash=0.8),
    "22 States, 4 pledges, money for a third": Size(22, 2, 4, 28, cash=0.3),
    "195 States, 3 names, 60 pledges, money for most": Size(195, 3, 60, 300, cash=1.0, in_all=3),
    "195 States, 3 names, 60 pledges, money for a third": Size(195, 3, 60, 300, cash=0.3, in_all=3),
}


def main() -> int:
    """Every size in turn."""
    wanted = {int(one) for one in os.environ.get("ONLY", "").split(",") if one}
    for number, (name, size) in enumerate(ROUNDS.items(), start=1):
        if not wanted or number in wanted:
            one_round(name, drawn(1, size))
    if not wanted or len(ROUNDS) + 1 in wanted:
        one_objective(seats=10_000, pledges=500, fitting=25)
    return 0


def timed(act: Callable[[], object]) -> tuple[object, str]:
    """What an act gives, and how long it took."""
    processor, clock = time.process_time(), time.monotonic()
    found = act()
    return found, f"{time.process_time() - processor:.1f} s of the processor, {time.monotonic() - clock:.1f} s in all"


def one_round(name: str, question: Question) -> None:
    """Propose, explain, name what collides, compare."""
    proposal, took = timed(lambda: propose(question))
    assert isinstance(proposal, Proposal)
    print(f"{name}: {len(proposal.seats)} seats, largest gap {proposal.gap:.4f}, {took}", flush=True)
    open_ = [
        f"{one.kind} in pass {one.in_pass}: {one.value} of at most {one.bound}" for one in proposal.reached if one.gap
    ]
    print(f"  not proved: {'; '.join(open_) or 'nothing'}")
    print(f"  explained: {timed(lambda: explain(question, proposal))[1]}", flush=True)
    if len(question.candidates) < 100:
        named, took = timed(lambda: collisions(question, proposal))
        print(f"  collisions: {took}: {named}", flush=True)
    for way, seats in (
        ("by the rules", proposal.seats),
        ("one by one", greedy(question)),
        ("first come", first_come(question)),
    ):
        of = figures(question, seats)
        share = f"{float(of.lowest_share):.2f}"
        print(f"  {way:13} {of.states} States, {of.people} people, lowest share {share}, {of.unused / 100:,.2f} unused")


def one_objective(seats: int, pledges: int, fitting: int) -> None:
    """As many seats as possible, each of which so many pledges may pay."""
    luck = random.Random(1)
    open_ = tuple(OpenSeat(n, n, n, (), luck.randrange(250_000, 600_000)) for n in range(seats))
    allowed: list[set[int]] = [set() for _ in range(pledges)]
    for seat in open_:
        for pledge in luck.sample(range(pledges), fitting):
            allowed[pledge].add(seat.request_id)
    cash = sum(seat.cost for seat in open_) * 6 // 10 // pledges
    funds = tuple(Fund(n, luck.randrange(cash // 2, cash * 3 // 2), frozenset(one)) for n, one in enumerate(allowed))
    best, took = timed(lambda: solved(Model(open_, funds, seats)))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"{seats:,} seats, {pledges} pledges, one objective: {best}, {took}, {memory:.1f} GB")


def solved(model: Model) -> str:
    """One objective on a model."""
    course, everything = Course(model), (1,) * len(model.seats)
    course.start([everything])
    best = course.take(everything)
    return f"{best.value} of at most {best.bound} (gap {best.gap:.4f})"


if __name__ == "__main__":
    sys.exit(main())
