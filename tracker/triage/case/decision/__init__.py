"""Decisions and amendments: prepared by one person, signed by another."""
