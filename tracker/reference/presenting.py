"""How reference data reads in templates: names of States in the reader's language, rates with their figures."""

from decimal import Decimal

from flask import Flask

from tracker.languages.choosing import current_language
from tracker.languages.formatting import format_number
from tracker.reference import names


def state(iso3: str | None) -> str:
    """A State's name in the reader's language, for lists and headings."""
    return names.state_name(iso3, current_language())


def the_state(iso3: str) -> str:
    """The name as it stands in a sentence (« la Côte d’Ivoire »)."""
    return names.with_article(iso3, current_language())


def of_state(iso3: str) -> str:
    """The name after "of" (« du Kenya »)."""
    return names.of_state(iso3, current_language())


def to_state(iso3: str) -> str:
    """The name after "to" (« au Kenya »)."""
    return names.to_state(iso3, current_language())


def rate(value: Decimal, whole: bool = False) -> str:
    """A rate of exchange with six significant figures at least, and never fewer than two decimals; or the `whole`."""
    return format_number(value, places=8) if whole else format_number(value, places=max(2, 5 - value.adjusted()))


def init_app(app: Flask) -> None:
    """Offer them as filters."""
    app.jinja_env.filters.update(state=state, the_state=the_state, of_state=of_state, to_state=to_state, rate=rate)
