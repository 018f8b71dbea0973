"""Choices that several forms share, in the reader's language."""

import uuid
from collections.abc import Iterable
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from wtforms import SelectField, SelectMultipleField, widgets
from wtforms.fields.choices import SelectChoice

from tracker.accounts.models import OFFICE_KINDS, Office
from tracker.languages.choosing import LANGUAGE_NAMES, current_language
from tracker.languages.marking import lazy
from tracker.reference.names import sorted_states

LANGUAGE_CHOICES = [SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
OFFICE_KIND_CHOICES = [SelectChoice(kind, lazy(label)) for kind, label in OFFICE_KINDS.items()]
STATE_OFFICE_KINDS = [choice for choice in OFFICE_KIND_CHOICES if choice.value != "unit"]


def language_field(label: Any, description: Any = "") -> SelectField:
    """One of the six languages, each by its own name."""
    return SelectField(label, choices=LANGUAGE_CHOICES, default=current_language, description=description)


def roles_field(label: Any) -> SelectMultipleField:
    """Roles as checkboxes; the view sets which ones can be given."""
    return SelectMultipleField(label, choices=[], option_widget=widgets.CheckboxInput())


def state_choices(codes: Iterable[str]) -> list[SelectChoice]:
    """States by their names in the reader's language, in its order, after an empty first choice."""
    states = sorted_states(list(codes), current_language())
    return [SelectChoice("", _("Choose a State")), *(SelectChoice(code, name) for code, name in states)]


def office_choices(offices: Iterable[Office]) -> list[SelectChoice]:
    """The offices of an organisation after "none"."""
    places = [SelectChoice(str(office.public_id), office.name) for office in offices]
    return [SelectChoice("", _("No office")), *places]


@cache
def timezone_choices() -> list[SelectChoice]:
    """Time zones by their IANA names, those of cities only; read once, because each is a file."""
    regions = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    names = sorted(name for name in available_timezones() if name.partition("/")[0] in regions and "/" in name)
    return [SelectChoice(name, name.replace("_", " ")) for name in ["UTC", *names]]


def uuid_or_none(text: str | None) -> uuid.UUID | None:
    """The id chosen in a select field, or None for its empty choice."""
    return uuid.UUID(text) if text else None
