"""Reads, already limited to what the actor may see."""

from tracker.assistance.queries.page import newest_events, parts_of, rate_used
from tracker.assistance.queries.visible import (
    get_visible,
    load_whole,
    open_clarification,
    recused,
    seen_by_staff,
    visible_to,
)

__all__ = [
    "get_visible",
    "load_whole",
    "newest_events",
    "open_clarification",
    "parts_of",
    "rate_used",
    "recused",
    "seen_by_staff",
    "visible_to",
]
