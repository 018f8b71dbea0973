"""Builders of rows that tests need; each writes in a transaction of its own and gives back plain or loaded rows."""
