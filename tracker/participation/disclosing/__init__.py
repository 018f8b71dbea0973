"""Sealed data given out: to whom, which fields of whom, why, and how; the delegate reads it."""
