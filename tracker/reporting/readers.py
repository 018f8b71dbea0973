"""What each donor knows of a session before it reads what is published: the seats that its own money pays. Pure.

A donor can take its own figures from those that everybody reads. What is published has to tell each of them of three
States or more beyond those of which it knows everything."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tracker.participation.seats.lifecycle import SeatUse, use_of
from tracker.reporting.facts import Facts


@dataclass(frozen=True, slots=True)
class Reader:
    """A donor: the seats of which its money pays something, and those of which it pays everything."""

    seats: frozenset[int]
    alone: frozenset[int]


Known: TypeAlias = tuple[frozenset[str], frozenset[str]]
"""The States of which a reader knows every seat that stands, and every one that was used."""


def readers_of(facts: Facts) -> list[Reader]:
    """The donors whose money pays seats of a session."""
    donors = {one.id: one.donor for one in facts.pledges}
    return readers([(one.seat_id, donors.get(one.pledge_id)) for one in facts.money if one.seat_id is not None])


def readers(paying: Collection[tuple[int, Any]]) -> list[Reader]:
    """The same of seats, each with who pays something of it."""
    payers: dict[int, set[Any]] = {}
    for seat_id, donor in paying:
        payers.setdefault(seat_id, set()).add(donor)
    found = []
    for donor in {donor for _seat_id, donor in paying}:
        seats = frozenset(seat_id for seat_id, who in payers.items() if donor in who)
        found.append(Reader(seats, frozenset(one for one in seats if payers[one] == {donor})))
    return found


def states_known(reader: Collection[int], seats: Iterable[Any]) -> frozenset[str]:
    """The States of which all of these seats are among the reader's."""
    whole: dict[str, bool] = {}
    for one in seats:
        whole[one.iso3] = whole.get(one.iso3, True) and one.id in reader
    return frozenset(iso3 for iso3, yes in whole.items() if yes)


def known_of(reader: Reader, seats: Collection[Any]) -> Known:
    """Of which States a reader knows all seats that stand, and all that were used."""
    standing = [one for one in seats if not one.given_back]
    used = [one for one in seats if one.use is SeatUse.USED]
    return states_known(reader.seats, standing), states_known(reader.seats, used)


NOBODY: Mapping[int, Sequence[Known]] = {}


@dataclass(frozen=True, slots=True)
class Counted:
    """A seat as far as it is counted."""

    id: int
    iso3: str
    status: str
    cause: str | None
    given_back: bool

    @property
    def use(self) -> SeatUse:
        """Whether somebody travelled in it."""
        return use_of(self.status, self.cause)
