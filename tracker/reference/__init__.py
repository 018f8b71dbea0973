"""Reference data: States, sessions, areas, currencies, rates, rules and holidays as dated facts, with their loaders."""

from tracker.reference import models

__all__ = ["models"]
