"""What an import of rates or rules would move: a door for higher rooms that estimate seats."""

from collections.abc import Callable, Iterable

from tracker.costs.book import Book
from tracker.imports.report import Moved

Counter = Callable[[Book, Book], Iterable[Moved]]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    """Let a room say what changes among its estimates between the book as it stands and as it would be."""
    if counter not in _counters:
        _counters.append(counter)


def moved(before: Book, after: Book) -> list[Moved]:
    """Every sum of estimates that changes."""
    return [one for counter in _counters for one in counter(before, after)]
