"""What an event says in a history: one sentence for the office, and one for the State where it may know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Naming = Callable[[Any, list[Any]], dict[int, list[str]]]
"""`naming(subject, events)` gives the names of people that each event is about, by the event's id."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Message ids. None is said to nobody of that side: the event is not in its history.

    With `naming`, both sentences hold %(names)s, and events of one kind in a row are told in one line. So are those
    that are `counted`, with their number: acts on many things at once, of which the office alone is told.

    With `to` the office's sentence holds %(name)s: of the person whose id the event carries under this key.
    """

    office: str | None
    state: str | None = None
    naming: Naming | None = None
    counted: bool = False
    to: str | None = None

    def told_to(self, *, office: bool) -> str | None:
        """The message id for a reader of the office, or of the State."""
        return self.office if office else self.state


_sentences: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Let histories tell of a capability's events, by their names. Called once in create_app."""
    _sentences.update(sentences)


def of(name: str) -> Sentence:
    """The sentence of an event. Raises KeyError for one that nobody registered."""
    return _sentences[name]


def names(*, office: bool) -> list[str]:
    """The events that a reader of the office, or of the State, is told of."""
    return sorted(name for name, sentence in _sentences.items() if sentence.told_to(office=office) is not None)


def counted() -> list[str]:
    """The events of which as many as come in a row are one line."""
    return sorted(name for name, sentence in _sentences.items() if sentence.counted)
