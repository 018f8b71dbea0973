"""The solver: HiGHS, one thread, limits in nodes, so that the same question gives the same answer on every machine."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Any

from tracker.rounds.proposing.model import Model, Row

EFFORT = 20000
"""How many nodes of a search, times variables, are looked at for one objective, and never less than `LEAST` nodes; what
is open then is printed as its gap."""
LEAST = 5
GAP = 1e-3
"""How near the best of a count is near enough: below a thousand seats that proves it."""
TRIES = 8


class Unsolved(Exception):
    """The solver gave no answer that holds in whole cents."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best found of an objective: what each variable is, its value, and the most that it could still be."""

    solution: tuple[int, ...]
    value: int
    bound: int

    @property
    def gap(self) -> float:
        """How far the best found may be from the best there is, as a share of it; 0 where it is proved."""
        return max(0, self.bound - self.value) / max(1, self.bound)


def maximise(model: Model, weights: Sequence[int], rows: Sequence[Row], start: Sequence[int]) -> Best:
    """The best solution for whole `weights` of the variables under `rows`, from the solution `start`, which keeps
    them. Raises Unsolved when the solver fails."""
    tightened, nodes = list(rows), max(LEAST, EFFORT // max(1, len(weights)))
    for _try in range(TRIES):
        found, bound = _solve(weights, tightened, start, _options(nodes))
        if model.holds(found, rows):
            value = sum(weight * chosen for weight, chosen in zip(weights, found, strict=True))
            own = sum(weight * chosen for weight, chosen in zip(weights, start, strict=True))
            best = Best(tuple(found), value, max(bound, value))
            return best if value >= own else replace(best, solution=tuple(start), value=own)
        tightened = [_tighter(row, found) for row in tightened]
    raise Unsolved("the solver's answer does not hold in whole cents")


def _tighter(row: Row, found: Sequence[int]) -> Row:
    """A condition that a rounded solution broke, by a cent tighter."""
    coefficients, low, high = row
    total = sum(c * found[v] for v, c in coefficients.items())
    return (coefficients, low, high - 1) if total > high else row


def _solve(
    weights: Sequence[int], rows: Sequence[Row], start: Sequence[int], options: list[tuple[str, Any]]
) -> tuple[list[int], int]:
    found, told, bound = _run(weights, rows, start, options)
    if sum(weight * chosen for weight, chosen in zip(weights, found, strict=True)) != told:
        # HiGHS 1.16 may hand back the start instead of the better solution whose value it tells.
        found, _told, bound = _run(weights, rows, None, options)
    return found, bound


def _run(
    weights: Sequence[int], rows: Sequence[Row], start: Sequence[int] | None, options: list[tuple[str, Any]]
) -> tuple[list[int], int, int]:
    """The solution, the value that the solver says it has, and the most that there could be."""
    import highspy

    solver: Any = highspy.Highs
    highs = solver()
    highs.silent()
    for name, value in options:
        highs.setOptionValue(name, value)
    highs.passModel(_program(highspy, weights, rows))
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = [float(one) for one in start]
        highs.setSolution(given)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    kinds = highspy.HighsModelStatus
    if status not in (kinds.kOptimal, kinds.kSolutionLimit, kinds.kIterationLimit) or info.primal_solution_status != 2:
        raise Unsolved(str(status))
    found = [round(one) for one in highs.getSolution().col_value]
    return found, round(info.objective_function_value), floor(info.mip_dual_bound + 1e-6)


class Relaxed:
    """A pass in which seats may be given in part: quick to solve again for another objective, and never below what is
    best in whole seats."""

    def __init__(self, rows: Sequence[Row], count: int) -> None:
        import highspy

        solver: Any = highspy.Highs
        self._highs, self._count = solver(), count
        self._highs.silent()
        for name, value in _options(LEAST):
            self._highs.setOptionValue(name, value)
        program = _program(highspy, [0] * count, rows)
        program.integrality_ = []
        self._highs.passModel(program)
        self._optimal = highspy.HighsModelStatus.kOptimal

    def bound(self, weights: Sequence[int]) -> int:
        """The most that whole weights of the variables could add up to."""
        import numpy as np

        every = np.arange(self._count, dtype=np.int32)
        self._highs.changeColsCost(self._count, every, np.asarray(weights, dtype=np.float64))
        self._highs.run()
        if self._highs.getModelStatus() != self._optimal:
            return sum(weights)
        most: float = self._highs.getInfo().objective_function_value
        return floor(most + 1e-6)

    def keep(self, row: Row) -> None:
        """One more condition."""
        import numpy as np

        coefficients, low, high = row
        variables = np.fromiter(coefficients, dtype=np.int32)
        values = np.fromiter(coefficients.values(), dtype=np.float64)
        self._highs.addRow(low, high, len(variables), variables, values)


def _options(nodes: int) -> list[tuple[str, Any]]:
    """No clock and no other thread; every objective is a whole number, so that a gap below one proves it."""
    return [
        ("threads", 1),
        ("parallel", "off"),
        ("random_seed", 0),
        ("mip_rel_gap", GAP),
        ("mip_abs_gap", 0.999),
        ("mip_max_nodes", nodes),
        ("mip_feasibility_tolerance", 1e-9),
        ("primal_feasibility_tolerance", 1e-9),
    ]


def _program(highspy: Any, weights: Sequence[int], rows: Sequence[Row]) -> Any:
    import numpy as np

    program = highspy.HighsLp()
    count = len(weights)
    program.num_col_, program.num_row_ = count, len(rows)
    program.col_cost_ = np.asarray(weights, dtype=np.float64)
    program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
    program.row_lower_ = np.asarray([low for _, low, _ in rows], dtype=np.float64)
    program.row_upper_ = np.asarray([high for _, _, high in rows], dtype=np.float64)
    program.sense_ = highspy.ObjSense.kMaximize
    program.integrality_ = [highspy.HighsVarType.kInteger] * count
    sizes = [len(row) for row, _, _ in rows]
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.num_col_, program.a_matrix_.num_row_ = count, len(rows)
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    program.a_matrix_.index_ = np.fromiter((v for row, _, _ in rows for v in row), dtype=np.int32)
    program.a_matrix_.value_ = np.fromiter((c for row, _, _ in rows for c in row.values()), dtype=np.float64)
    return program
