"""What an earmark or an interest can name, in the reader's language."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectMultipleField
from wtforms.fields import SelectChoice

from tracker.assistance.lifecycle import KIND_LABELS
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.pledges.earmarks import ticks
from tracker.pledges.queries.names import names_of_requests
from tracker.reference import queries as reference
from tracker.reference.lifecycle import COUNTRY_LISTS, GROUP_NAMES, REGIONAL_GROUPS
from tracker.reference.names import state_name
from tracker.web.access import current_actor


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
    return [SelectChoice(value=code, label=lazy(known.all)) for code, known in COUNTRY_LISTS.items()]


def sessions() -> list[SelectChoice]:
    """Sessions that are not over."""
    ahead, _past = reference.upcoming_and_past()
    return [SelectChoice(value=session.code, label=session.title(current_language())) for session in ahead]


class Several(SelectMultipleField):
    """Any number of choices, shown as checkboxes; nothing chosen is an empty list."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, choices=options.pop("choices", []), **options)


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of one kind of earmark are called: `names(codes, language)` by code, and what can be ticked
    now. Without `choices` nobody ticks them, or the page brings its own."""

    names: Callable[[Iterable[str], str], Mapping[str, str]]
    choices: Callable[[], list[SelectChoice]] | None = None


CODES: dict[str, Codes] = {
    "kinds": Codes(lambda _codes, _language: {kind.value: _(label) for kind, label in KIND_LABELS.items()}, kinds),
    "areas": Codes(
        lambda _codes, language: {area.code: area.name(language) for area in reference.areas(ended=True)}, areas
    ),
    "sessions": Codes(
        lambda _codes, language: {session.code: session.title(language) for session in reference.sessions()}, sessions
    ),
    "regions": Codes(lambda _codes, _language: {code or "": _(name) for code, name in GROUP_NAMES.items()}, regions),
    "lists": Codes(lambda _codes, _language: {code: _(known.all) for code, known in COUNTRY_LISTS.items()}, lists),
    "states": Codes(lambda codes, language: {code: state_name(code, language) for code in codes}),
    "requests": Codes(lambda codes, _language: names_of_requests(codes, current_actor())),
}


def tick(form: Any, asked: str) -> None:
    """Give every list of ticks on a form the choices of its kind of earmark."""
    for name in ticks(asked):
        if (choices := CODES[name].choices) is not None:
            form[name].choices = choices()
