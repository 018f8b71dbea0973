"""How organisations, roles and offices read in templates."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_babel import gettext
from wtforms.fields.choices import SelectChoice

from tracker.accounts.models import OFFICE_KINDS
from tracker.accounts.roles import CONFIRMED_ROLES, ROLES, SIGNING_ROLES, in_order
from tracker.languages.choosing import current_language
from tracker.languages.marking import N_, lazy
from tracker.reference.names import state_name

OFFICE_NAME = N_("United Nations Office on Drugs and Crime")


def organisation_name(organisation: Any) -> str:
    """The name of a State, and of the office, in the reader's language; another organisation's as it was entered;
    of an alias the name of the organisation into which it was merged."""
    organisation = getattr(organisation, "home", organisation)
    if organisation.state_iso3:
        return state_name(organisation.state_iso3, current_language())
    return gettext(OFFICE_NAME) if organisation.name == OFFICE_NAME else organisation.name


def role_name(role: str) -> str:
    """A role in the reader's words."""
    return gettext(ROLES[role].label)


def role_names(roles: Iterable[str]) -> str:
    """Roles in their order, joined."""
    return " · ".join(role_name(role) for role in in_order(roles))


def waiting_for(roles: Iterable[str]) -> str:
    """What somebody reads whose roles wait for a second person."""
    names = role_names(roles)
    if SIGNING_ROLES & set(roles):
        return gettext(
            "You can act as %(roles)s once an administrator of the office has confirmed it with the note verbale.",
            roles=names,
        )
    return gettext("You can act as %(roles)s once a second administrator of the office has confirmed it.", roles=names)


def role_choices(roles: Iterable[str]) -> list[SelectChoice]:
    """Roles for a form's choices."""
    return [SelectChoice(role, lazy(ROLES[role].label)) for role in in_order(roles)]


def role_hints() -> dict[str, str]:
    """What each role may do, for the hints below a form's choices."""
    return {name: gettext(role.hint) for name, role in ROLES.items()}


def role_hints_to_give() -> dict[str, str]:
    """The same where roles are given, with what each needs beside that."""
    second = gettext("Counts once a second administrator of the office has confirmed it.")
    note = gettext("Counts once the office has confirmed it with the note verbale.")
    needs = {name: note if name in SIGNING_ROLES else second for name in CONFIRMED_ROLES}
    return {name: f"{hint} {needs.get(name, '')}".strip() for name, hint in role_hints().items()}


def office_kind(kind: str) -> str:
    """The kind of an office in the reader's words."""
    return gettext(OFFICE_KINDS[kind])


def state_label(iso3: str) -> str:
    """A State's name in the reader's language, from its code."""
    return state_name(iso3, current_language())


# The order matters: Edge and Opera also say Chrome, Chrome also says Safari.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """A browser as people call it ("Firefox, Windows"), for the list of sessions."""
    named = [next((name for mark, name in kinds if mark in user_agent), "") for kinds in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, named)) or gettext("Another browser")


def init_app(app: Flask) -> None:
    """Offer them as filters."""
    app.jinja_env.filters.update(
        organisation_name=organisation_name,
        role_name=role_name,
        role_names=role_names,
        office_kind=office_kind,
        state_label=state_label,
        browser_name=browser_name,
    )
    app.jinja_env.globals.update(role_hints=role_hints, role_hints_to_give=role_hints_to_give, waiting_for=waiting_for)
