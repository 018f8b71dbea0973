"""The solver gives the solution whose value it tells, in whole cents."""

from tracker.rounds.proposing.model import Model, OpenSeat
from tracker.rounds.proposing.question import Fund
from tracker.rounds.proposing.solver import maximise

COSTS = (480_252, 443_491, 402_069, 380_953, 435_674)


def test_a_start_that_is_far_from_the_best_is_not_handed_back():
    seats = tuple(OpenSeat(n, n, n, (), cost) for n, cost in enumerate(COSTS))
    funds = tuple(
        Fund(number, cash, frozenset(requests))
        for number, (cash, requests) in enumerate(
            [(1_018_212, (0, 1, 2)), (658_280, (0, 1, 2, 3, 4)), (1_065_515, (3, 4))], start=1
        )
    )
    model = Model(seats, funds, 5)
    best = maximise(model, (1,) * len(model.ways), model.rows, (0,) * len(model.ways))
    assert (best.value, sum(best.solution), best.gap) == (5, 5, 0)
