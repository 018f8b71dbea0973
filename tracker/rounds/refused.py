"""An act on a round that several things stand against: each is a sentence of its own."""

from collections.abc import Iterable
from typing import Any

from tracker.errors import Conflict
from tracker.languages.marking import one_text


class Refused(Conflict):
    """Nothing was done; `reasons` says why, in sentences."""

    def __init__(self, reasons: Iterable[Any]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(one_text(self.reasons))
