"""Reads, already limited to what the actor may see."""

from tracker.assistance.queries.visible import get_visible, load_whole, visible_to

__all__ = ["get_visible", "load_whole", "visible_to"]
