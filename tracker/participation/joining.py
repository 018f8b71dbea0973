"""How the delegation joins the request: a step of its form, two of its fields, facts on its pages and prints."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.fields import differences, editing, steps, table
from tracker.assistance.fields.facts import Fact, add_facts
from tracker.assistance.fields.shape import Field
from tracker.assistance.lifecycle import Kind
from tracker.events import sentences
from tracker.events.sentences import Sentence
from tracker.languages.marking import N_
from tracker.participation import queries
from tracker.participation.lifecycle import NEED_LABELS
from tracker.participation.models import Delegate
from tracker.web.components import know_labels, labelled, listed

HISTORY = {
    "participation.nominated": N_("Nominated: %(names)s"),
    "participation.nomination_changed": N_("Nomination changed: %(names)s"),
    "participation.nomination_removed": N_("No longer nominated: %(names)s"),
    "participation.order_changed": N_("Moved up in the order of priority: %(names)s"),
    "participation.delegation_copied": N_("Nominated again from the last delegation: %(names)s"),
}
"""The State and the office read the same of these events."""
FIELDS = tuple(
    Field(name, label, {Kind.PARTICIPATION: "delegates"}, weighty=True, editor="participation.delegates")
    for name, label in (("delegates", N_("Delegates")), ("needs", N_("What is asked for each delegate")))
)


def register() -> None:
    """Called once in create_app."""
    sentences.register({name: Sentence(words, words, _names) for name, words in HISTORY.items()})
    steps.register(Kind.PARTICIPATION, steps.Step("delegates", N_("Delegates"), 20, endpoint="participation.delegates"))
    for before, one in pairwise((table.named("session"), *FIELDS)):
        table.register(one, after=before.name)
    know_labels({one.name: one.label for one in FIELDS})
    editing.register("delegates", lambda request: [_who(d) for d in queries.delegates_of(request.id)])
    editing.register("needs", lambda request: [[d.name, *d.needs] for d in queries.delegates_of(request.id)])
    differences.tell("needs", _needs_told)
    add_facts(Kind.PARTICIPATION, _facts)


def _names(assistance_request: Any, told: list[Any]) -> dict[int, list[str]]:
    """Whom each event is about, by the event's id."""
    names = queries.names_in(assistance_request.id)
    about = {event.id: event.data.get("delegate_ids") or [event.data.get("delegate_id")] for event in told}
    return {event_id: [names[i] for i in ids if i in names] for event_id, ids in about.items()}


def _who(delegate: Delegate) -> str:
    said = (delegate.name, delegate.function, delegate.office, delegate.email, delegate.departure_airport)
    return ", ".join(part for part in said if part)


def _facts(assistance_request: Any, _parts: Any) -> list[Fact]:
    delegation = queries.delegates_of(assistance_request.id)
    return [
        Fact("delegates", _(table.label("delegates")), lines=tuple(map(_line, delegation)), apart=True),
        Fact("needs", _(table.label("needs")), lines=_needs(delegation), apart=True),
    ]


def _line(delegate: Delegate) -> str:
    who = ", ".join(part for part in (delegate.name, delegate.function, delegate.office, delegate.email) if part)
    if delegate.departure_airport:
        who = _("%(who)s; leaves from %(airport)s", who=who, airport=delegate.departure_airport)
    return _("%(who)s (alternate)", who=who) if delegate.alternate else who


def _needs(delegation: Sequence[Delegate]) -> tuple[str, ...]:
    """What is asked, once where it is the same for everybody."""
    if len(delegation) > 1 and all(sorted(delegate.needs) == sorted(delegation[0].needs) for delegate in delegation):
        return (_("For each of them: %(needs)s", needs=_named(delegation[0])),)
    return tuple(labelled(delegate.name, _named(delegate)) for delegate in delegation)


def _named(delegate: Delegate) -> str:
    return _needs_listed(delegate.needs)


def _needs_told(value: list[list[str]], _papers: Any) -> list[str]:
    """What an answer said of each delegate's needs, a line each."""
    return [labelled(name, _needs_listed(needs)) for name, *needs in value]


def _needs_listed(needs: Iterable[str]) -> str:
    return listed(_(NEED_LABELS[need]) for need in needs)
