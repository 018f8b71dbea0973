"""Measuring pages one after the other, each in turn with the bare page."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from tests.services.statements import statements

WARM, MEASURED = 5, 40

Visit = Callable[[], int]


@dataclass(frozen=True)
class Figure:
    """What a page costs: milliseconds at the median and for 95 of 100 visits, statements, and the same in bare pages
    that were opened in turn with it, so that a busy machine slows both."""

    page: str
    median: float
    slow: float
    statements: int
    budget: int | None
    ratio: float
    slow_ratio: float
    status: int

    @property
    def held(self) -> bool:
        """Whether it was answered, within its statements."""
        return self.status < 400 and (self.budget is None or self.statements <= self.budget)

    def __str__(self) -> str:
        cost = f"{self.statements} of {self.budget}" if self.budget else str(self.statements)
        words = f"  answered {self.status}" if self.status >= 400 else "" if self.held else "  OVER"
        times = f"{self.median:8.1f} {self.slow:8.1f} {self.ratio:9.1f} {self.slow_ratio:9.1f}"
        return f"  {self.page:16} {times} {cost:>11}{words}"


def report(measured: dict[str, tuple[Visit, int | None]]) -> list[Figure]:
    """Print one line a page, each given with its budget of statements, and give the figures; the bare page is first."""
    print(f"  {'page':16} {'median':>8} {'95 %':>8} {'bare p.':>9} {'95 %':>9} {'statements':>11}")
    bare_visit, _budget = next(iter(measured.values()))
    figures = []
    for name, (visit, budget) in measured.items():
        figures.append(measure(name, visit, budget, bare_visit))
        print(figures[-1], flush=True)
    return figures


def measure(name: str, visit: Visit, budget: int | None, bare_visit: Visit) -> Figure:
    """Open a page and the bare page in turn."""
    for _ in range(WARM):
        visit()
        bare_visit()
    gc.collect()
    gc.freeze()  # as tracker/settings/serving.py does
    with statements() as seen:
        status = visit()
    times, bare_times = [], []
    for _ in range(MEASURED):
        bare_times.append(timed(bare_visit))
        times.append(timed(visit))
    median, slow, base, slow_base = (*spread(times), *spread(bare_times))
    return Figure(name, median, slow, len(seen), budget, median / base, slow / slow_base, status)


def timed(visit: Visit) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    visit()
    return (time.perf_counter() - started) * 1000


def spread(times: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]
