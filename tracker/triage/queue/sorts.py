"""The columns by which the queue can be ordered."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.database.paging import Key
from tracker.reference.models import State

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Sort:
    """One way to order the queue; the id makes it total, so that no row is shown twice or never."""

    name: str = "clock"
    descending: bool = False

    @classmethod
    def read(cls, text: str) -> "Sort":
        """From the address: "clock", or "-clock" for the other way round; the clock when not understood."""
        name = text.removeprefix("-")
        return cls(name, text.startswith("-")) if name in _COLUMNS else cls()

    def __str__(self) -> str:
        return ("-" if self.descending else "") + self.name

    def keys(self, language: str) -> tuple[Key, ...]:
        """The columns of the order."""
        columns = _COLUMNS[self.name](language)
        return (*(Key(c, self.descending, nullable) for c, nullable in columns), Key(R.id, self.descending))


_COLUMNS: dict[str, Any] = {
    "clock": lambda _language: [(R.due_at, True)],
    "reference": lambda _language: [
        (sa.func.coalesce(R.reference_prefix, "~"), False),
        (sa.func.coalesce(R.reference_year, 0), False),
        (Organisation.code, False),
        (sa.func.coalesce(R.reference_number, 0), False),
    ],
    "title": lambda _language: [(R.title, False)],
    "state": lambda language: [(sa.func.coalesce(getattr(State, f"name_{language}"), Organisation.name), False)],
    "status": lambda _language: [(R.status, False), (R.status_since, False)],
    "amount": lambda _language: [(R.amount_usd_minor, True)],
    "received": lambda _language: [(R.submitted_at, True)],
    "officer": lambda _language: [(Person.name, True)],
}
SORTS = tuple(_COLUMNS)
