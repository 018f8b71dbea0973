"""Projects as the UNDP transparency portal publishes them (JSON list; amounts in USD, some written as text)."""

from collections.abc import Iterator
from typing import Any

from tracker.assistance.imports.incoming import Incoming


def records(items: list[dict[str, Any]]) -> Iterator[Incoming]:
    """Each project; rows count from 1. A record without one of the parts arrives with empty text there."""
    for number, item in enumerate(items, start=1):
        country = item.get("country") if isinstance(item.get("country"), dict) else {}
        budget = item.get("total_budget")
        yield Incoming(
            row=number,
            source="undp",
            source_id=_text(item.get("project_id")),
            state=_text((country or {}).get("short_name")),
            title=_text(item.get("title")),
            problem=_text(item.get("description")),
            amount=_text(budget),
            currency="USD" if _text(budget) else "",
        )


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""
