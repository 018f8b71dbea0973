"""What a mutant is: one small fault with a name, the tests that it concerns, and how it is put into a process."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class NotTried(Exception):
    """The fault cannot be put into a process that runs already."""


@dataclass(frozen=True)
class Mutant(ABC):
    """One fault; `name` stays the same while the code around it does not change."""

    name: str

    kind = "function"

    @abstractmethod
    def apply(self, fixtures: Mapping[str, Any]) -> None:
        """Put the fault into this process; `fixtures` are those of the session that the tests run with."""

    @abstractmethod
    def concerns(self, test: str, entered: Iterable[str]) -> bool:
        """Whether this test may notice; `entered` are the functions that it enters."""

    def shown(self) -> str:
        """The fault for a reader."""
        return self.name


@dataclass(frozen=True)
class Told:
    """What the tests said of a mutant: which one was the first red, or why there is none."""

    name: str
    kind: str
    outcome: str
    killed_by: str = ""
    why: str = ""
    tests: int = 0
    seconds: float = 0.0
    shown: str = ""
