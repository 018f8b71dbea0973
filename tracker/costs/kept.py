"""Parts of a line as they are kept with a seat or its settlement, read again so that their reasons can be said."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tracker.costs.lines import Part


def read_parts(kept: Iterable[Mapping[str, Any]]) -> tuple[Part, ...]:
    """Parts from the plain values that `database.canonical` makes of them."""
    return tuple(_part(one) for one in kept)


def _part(kept: Mapping[str, Any]) -> Part:
    said = dict(kept)
    exchange = said["exchange"]
    return Part(
        **said
        | {"percent": Decimal(said["percent"]), "first": _day(said["first"]), "last": _day(said["last"])}
        | {"km": tuple(said["km"]), "provided": tuple(said["provided"])}
        | {"exchange": (Decimal(exchange[0]), date.fromisoformat(exchange[1]), exchange[2]) if exchange else None}
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
