"""The State's own requests as a list."""
