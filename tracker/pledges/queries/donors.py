"""The name of a donor."""

from tracker.languages.choosing import current_language
from tracker.reference.names import state_name


def donor_name(name: str, iso3: str | None) -> str:
    """A State's name in the reader's language, another donor's as it was entered."""
    return state_name(iso3, current_language()) if iso3 else name
