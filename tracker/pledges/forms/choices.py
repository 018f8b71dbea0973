"""What an earmark or an interest can name, in the reader's language."""

from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice

from tracker.assistance.lifecycle import KIND_LABELS
from tracker.i18n import current_language, lazy
from tracker.pledges.earmarks import LIST_LABELS
from tracker.reference import queries as reference
from tracker.reference.lifecycle import GROUP_NAMES, REGIONAL_GROUPS


def kinds() -> list[SelectChoice]:
    """Both kinds of request."""
    return [SelectChoice(value=kind.value, label=lazy(label)) for kind, label in KIND_LABELS.items()]


def areas() -> list[SelectChoice]:
    """Areas of technical assistance in force."""
    found = reference.grouped_areas(current_language())
    return [SelectChoice(value=code, label=name, optgroup=group) for code, name, group in found]


def regions() -> list[SelectChoice]:
    """The regional groups."""
    return [SelectChoice(value=code, label=lazy(GROUP_NAMES[code])) for code in REGIONAL_GROUPS]


def lists() -> list[SelectChoice]:
    """Lists of countries that the reference data keeps."""
    return [SelectChoice(value=code, label=lazy(label)) for code, label in LIST_LABELS.items()]


def sessions() -> list[SelectChoice]:
    """Sessions that are not over."""
    ahead, _past = reference.upcoming_and_past()
    return [SelectChoice(value=session.code, label=session.title(current_language())) for session in ahead]


class Several(SelectMultipleField):
    """Any number of choices, shown as checkboxes; nothing chosen is an empty list."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=options.pop("choices", []), **options)
