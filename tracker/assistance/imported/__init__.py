"""Requests taken over from files of other systems."""
