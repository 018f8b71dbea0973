"""Deadlines as a page and as a calendar."""
