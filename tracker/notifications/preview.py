"""Who will be told of an act, in words for the page before it: without the names that its reader may not know."""

from typing import Any

import sqlalchemy as sa
from babel.lists import format_list
from flask_babel import gettext

from tracker.accounts.models import Organisation
from tracker.accounts.presenting import organisation_name
from tracker.extensions import db
from tracker.languages.choosing import words_locale
from tracker.languages.marking import N_
from tracker.notifications import audience as audiences
from tracker.notifications import subjects
from tracker.notifications.audience import Recipient
from tracker.notifications.catalogue import CATALOGUE
from tracker.notifications.lifecycle import Side, Turn
from tracker.notifications.subjects import About
from tracker.rights.actor import Actor
from tracker.web.components import language_name


def audience(event_name: str, subject: Any, actor: Actor, **data: Any) -> list[Recipient]:
    """Everybody who is told if `actor` does now what `event_name` records about `subject` (a model instance).

    The act itself asks the same function. `data` is what the event would carry (a clock's name, a request's id).
    """
    return _first(event_name, About.instance(subject, data), actor)


def _first(event_name: str, about: About, actor: Actor) -> list[Recipient]:
    if event_name not in CATALOGUE:
        return []
    found = audiences.recipients(CATALOGUE[event_name], about, actor.person_id)
    return [one for one in found if one.turn is Turn.FIRST]


def audience_in_words(event_name: str, subject: Any, actor: Actor, **data: Any) -> list[tuple[str, str]]:
    """The audience for a page: (who, language). People of the actor's own organisation, and for staff everybody,
    by name; of other organisations only the organisation, with every language in which it is told. Whom the actor may
    not know is named by what makes them hear of it, without a language that could betray them."""
    about = About.instance(subject, data)
    people = _first(event_name, about, actor)
    secret_of = _secret_of(actor, about)
    hidden = {person.key: _unnamed(person, actor, secret_of) for person in people}
    shown = [person for person in people if not hidden[person.key]]
    names = _organisation_names({person.organisation_id for person in shown if person.organisation_id is not None})
    lines: dict[str, list[str]] = {}  # in order, each once
    for person in people:
        owner = names.get(person.organisation_id or 0, "")
        by_name = actor.is_staff or person.organisation_id == actor.organisation_id
        known = lines.setdefault(hidden[person.key] or _shown(person, owner, by_name), [])
        if person.language not in known and not hidden[person.key]:
            known.append(person.language)
    return [(who, _enumerated(languages)) for who, languages in lines.items()]


_OF_EACH = {
    "authority": N_("The authority of each State"),
    "official": N_("The official address of each State"),
    "drafters": N_("Who drafted each request"),
    "travel": N_("The travel officers"),
    "managers": N_("The programme managers"),
    "finance": N_("The finance officers"),
    "finance_paid": N_("The finance officers, where something was paid"),
    "finance_of_seats": N_("The finance officers, where something was paid for a seat"),
    "officer": N_("The officer of each request"),
}


def told_of_each(event_name: str) -> list[tuple[str, str]]:
    """The audience of an act on several requests at once, for a page: by the rules of the catalogue, without names.
    Raises KeyError for a rule that has no words for it."""
    return [(gettext(_OF_EACH[rule]), "") for rule in CATALOGUE[event_name].tell]


def _secret_of(actor: Actor, about: About) -> int | None:
    """Whose it is, when it is about a strictly confidential request that the actor may not open."""
    if about.request_id is None:
        return None
    subject = subjects.load(about)
    request = subject.request if subject is not None else None
    return request.organisation_id if request is not None and request.strict and not request.visible_to(actor) else None


def _unnamed(person: Recipient, actor: Actor, secret_of: int | None) -> str:
    """How somebody is called whom the actor may not know by name, nor by organisation; empty when they may.

    A State does not learn who pays; of a strictly confidential request whoever may not open it does not learn whose
    it is.
    """
    if person.organisation_id == actor.organisation_id:
        return ""
    if person.organisation_id is not None and person.organisation_id == secret_of:
        return gettext("The State concerned")
    if actor.is_staff or person.side is not Side.DONOR:
        return ""
    return gettext("Every donor whose money pays it")


def _enumerated(languages: list[str]) -> str:
    """One language as its code, several by their names in the reader's language."""
    if len(languages) < 2:
        return "".join(languages)
    return format_list([language_name(code) for code in languages], locale=words_locale())


def _shown(person: Recipient, owner: str, by_name: bool) -> str:
    """One recipient in words."""
    if person.side is Side.ADDRESS and by_name:
        return gettext("%(organisation)s, official address", organisation=owner)
    if person.side is Side.ADDRESS or not by_name:
        return owner or person.name
    return gettext("%(name)s, %(organisation)s", name=person.name, organisation=owner) if owner else person.name


def _organisation_names(ids: set[int]) -> dict[int, str]:
    """Names of organisations as the reader's language has them."""
    if not ids:
        return {}
    rows = db.session.execute(
        sa.select(Organisation.id, Organisation.state_iso3, Organisation.name).where(Organisation.id.in_(ids))
    )
    return {row.id: organisation_name(row) for row in rows}
