"""What a draft takes over from an earlier request of the same State, and what it leaves out."""

from datetime import date
from typing import Any

from tracker.assistance.fields import editing, table
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest

NEW_EACH_TIME = ("session",)
"""Fields that belong to one occasion. Delegates go with their session: `participation` copies the last delegation."""


def parted(earlier: AssistanceRequest, today: date) -> tuple[dict[str, Any], list[str]]:
    """The values to take over by field, and the fields that had an answer and are left out. Papers, delegates and days
    that have passed are; the reference, decisions and consents belong to no field. The children must be loaded."""
    copied: dict[str, Any] = {}
    left_out = []
    for field in table.of_kind(earlier.kind):
        value = editing.value_of(earlier, field.name)
        if not _says_something(value) or _is_named_by_session(earlier, field.name):
            continue
        if field.name in NEW_EACH_TIME or not editing.writable(field.name):
            left_out.append(field.name)
        elif field.name == "dates" and _has_passed(value, today):
            left_out.append(field.name)
            copied |= {"dates": {"starts_on": None, "ends_on": None, "place": value["place"]}} if value["place"] else {}
        else:
            copied[field.name] = value
    return copied, left_out


def _says_something(value: Any) -> bool:
    if isinstance(value, dict):
        return any(part for name, part in value.items() if name != "currency")
    return bool(value)


def _is_named_by_session(earlier: AssistanceRequest, name: str) -> bool:
    """Support for participation is called by its session, which is another one each time."""
    return name == "title" and earlier.kind == Kind.PARTICIPATION


def _has_passed(dates: dict[str, Any], today: date) -> bool:
    days = [date.fromisoformat(dates[name]) for name in ("starts_on", "ends_on") if dates[name]]
    return any(day < today for day in days)
