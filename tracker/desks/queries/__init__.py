"""Reads of the desks."""
