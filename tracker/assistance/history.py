"""The sentences of a request's history. An event that is not listed is internal and never shown to the State."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.lists import format_list
from flask_babel import gettext

from tracker.i18n import N_, words_locale
from tracker.now import VIENNA

Naming = Callable[[Any, list[Any]], dict[int, list[str]]]
Saying = Callable[[Any], str]

_sentences: dict[str, str] = {
    "assistance.drafted": N_("Draft begun"),
    "assistance.co_drafter_invited": N_("A colleague was invited to the draft"),
    "assistance.authorisation_asked": N_("Authorisation asked"),
    "assistance.returned_to_draft": N_("Returned to the drafter"),
    "assistance.submitted": N_("Submitted with a note verbale"),
    "assistance.note_returned": N_("Note verbale returned"),
    "assistance.taken_up": N_("Note verbale verified, review begun"),
    "assistance.clarification_asked": N_("Questions asked"),
    "assistance.answered": N_("Questions answered"),
    "assistance.accepted": N_("Accepted"),
    "assistance.amended": N_("Amended"),
    "assistance.declined": N_("Declined"),
    "assistance.referred": N_("Referred"),
    "assistance.merged": N_("Joined with another request"),
    "assistance.reopened": N_("Second look asked for"),
    "assistance.delivery_started": N_("Delivery begun"),
    "assistance.activity_planned": N_("An activity was planned"),
    "assistance.activity_delivered": N_("A delivery was recorded"),
    "assistance.delivery_confirmed": N_("A delivery was confirmed"),
    "assistance.completed": N_("Completed"),
    "assistance.withdrawn": N_("Withdrawn"),
    "assistance.consent_changed": N_("Consent changed"),
}
_named: dict[str, tuple[str, Naming]] = {}


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, in the reader's language, who did it (nothing when nobody is to be named), and when."""

    title: str
    who: str
    at: datetime


def tell_of_people(name: str, sentence: str, naming: Naming) -> None:
    """Let the State see events called `name` in the history of a request, as `sentence` (a message id with
    %(names)s); `naming(assistance_request, events)` gives the names by the event's id."""
    _named[name] = (sentence, naming)


def milestones() -> list[str]:
    """The events that move a request on: what a desk shows."""
    return sorted(_sentences)


def names() -> list[str]:
    """The events that the State sees on the request's page."""
    return sorted([*_sentences, *_named])


def sentence(name: str) -> str:
    """What happened at a milestone, in the reader's language."""
    return gettext(_sentences[name])


def who(event: Any) -> str:
    """Who acted: the State's own people by name, the office as such."""
    return gettext("UNODC") if event.side == "office" else event.person or event.office or ""


def lines(assistance_request: Any, events: Iterable[Any], *, say: Saying = sentence, by: Saying = who) -> list[Line]:
    """The history, newest first as `events` come: what one person did to several people in a row on one day is one
    line. `events` have id, name, at and data; `by` tells who acted in one, `say` what an event's name means."""
    told = [[event] for event in events]
    for older in range(len(told) - 1, 0, -1):
        if _same_act(told[older - 1][-1], told[older][0], by):
            told[older - 1] += told.pop(older)
    people = _people(assistance_request, [event for run in told for event in run])
    return [Line(_title(run, people, say), by(run[0]), run[0].at) for run in told]


def _same_act(newer: Any, older: Any, by: Saying) -> bool:
    same = newer.name == older.name in _named and by(newer) == by(older)
    return same and newer.at.astimezone(VIENNA).date() == older.at.astimezone(VIENNA).date()


def _people(assistance_request: Any, events: list[Any]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for naming in {_named[event.name][1] for event in events if event.name in _named}:
        found |= naming(assistance_request, [event for event in events if event.name in _named])
    return found


def _title(run: list[Any], people: dict[int, list[str]], say: Saying) -> str:
    name = run[0].name
    if name not in _named:
        return say(name)
    named = list(dict.fromkeys(person for event in reversed(run) for person in people.get(event.id, [])))
    return gettext(_named[name][0], names=format_list(named, locale=words_locale()))
