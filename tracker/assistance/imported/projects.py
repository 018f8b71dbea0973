"""Projects as the UNDP transparency portal publishes them (JSON; amounts in USD, some written as text)."""

from collections.abc import Iterator
from typing import Any

from tracker.assistance.imported.incoming import Incoming

KEY = "project_id"


def records(items: list[dict[str, Any]]) -> Iterator[Incoming]:
    """Each project; rows count from 1. A record without one of the parts arrives with empty text there."""
    for number, item in enumerate(items, start=1):
        # The portal's own interface calls them "budget" and "operating_unit".
        total = item.get("total_budget", item.get("budget"))
        budget = _text(total)
        yield Incoming(
            row=number,
            source="undp",
            source_id=_text(item.get(KEY)),
            state=_state(item.get("country") or item.get("operating_unit")),
            title=_text(item.get("title")),
            words={"problem": _text(item.get("description"))},
            amount=budget,
            currency="USD" if budget else "",
            by_machine=not isinstance(total, str),
        )


def _state(country: Any) -> str:
    """The country by code or name; several are joined."""
    if isinstance(country, list):
        return "|".join(dict.fromkeys(filter(None, map(_state, country))))
    if isinstance(country, dict):
        return next(filter(None, (_text(country.get(key)) for key in ("short_name", "iso3", "name"))), "")
    return _text(country)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
