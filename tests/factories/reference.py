"""Reference data for tests: `loaded()` is what is delivered, as an installation has it."""

from tests.factories import keeping
from tracker.reference import loader


@keeping.kept
def loaded() -> None:
    """All reference data that is delivered."""
    loader.load()
