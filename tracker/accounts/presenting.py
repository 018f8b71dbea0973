"""How organisations, roles and offices read in templates."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_babel import gettext

from tracker.accounts.models import OFFICE_KINDS
from tracker.accounts.roles import ROLE_HINTS, ROLE_LABELS, in_order
from tracker.i18n import current_language, lazy
from tracker.reference.names import state_name


def organisation_name(organisation: Any) -> str:
    """A State's name in the reader's language, another organisation's as it was entered."""
    return state_name(organisation.state_iso3, current_language()) if organisation.state_iso3 else organisation.name


def role_name(role: str) -> str:
    """A role in the reader's words."""
    return gettext(ROLE_LABELS[role])


def role_names(roles: Iterable[str]) -> str:
    """Roles in their order, joined."""
    return " · ".join(role_name(role) for role in in_order(roles))


def role_choices(roles: Iterable[str]) -> list[tuple[str, Any]]:
    """Roles for a form's choices."""
    return [(role, lazy(ROLE_LABELS[role])) for role in in_order(roles)]


def role_hints() -> dict[str, str]:
    """What each role may do, for the hints below a form's choices."""
    return {role: gettext(text) for role, text in ROLE_HINTS.items()}


def office_kind(kind: str) -> str:
    """The kind of an office in the reader's words."""
    return gettext(OFFICE_KINDS[kind])


def init_app(app: Flask) -> None:
    """Offer them as filters."""
    app.jinja_env.filters.update(
        organisation_name=organisation_name, role_name=role_name, role_names=role_names, office_kind=office_kind
    )
