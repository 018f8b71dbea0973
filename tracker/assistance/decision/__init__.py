"""Decisions, amendments, and the second look."""
