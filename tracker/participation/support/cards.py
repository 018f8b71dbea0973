"""A session's page for each reader: its support for everybody, where one's own State stands, the office's ways."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.page.summary import status_label
from tracker.calendar.now import today
from tracker.participation.support.policies import RULES, SET_UP
from tracker.participation.support.queries import support_of
from tracker.participation.support.standing import standing_of
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.reference.models import Session
from tracker.reference.session_cards import SessionCard
from tracker.rights.actor import REQUEST_READERS, Actor
from tracker.rights.rules import can


def _support(session: Session, _actor: Actor) -> Mapping[str, Any] | None:
    support = support_of(session.id)
    return {"support": support, "steps": support.steps(today())} if support else None


def _standing(session: Session, actor: Actor) -> Mapping[str, Any] | None:
    standing = standing_of(session, actor)
    if standing is None:
        return None
    return {"standing": standing, "status_label": status_label, "lists": COUNTRY_LISTS}


def _office(_session: Session, actor: Actor) -> Mapping[str, Any] | None:
    if not actor.has(*REQUEST_READERS):
        return None
    return {"may_set_up": can(RULES, SET_UP, actor, None) is None}


CARDS = (
    SessionCard(10, "participation/support/_standing.html", _standing),
    SessionCard(20, "participation/support/_office.html", _office),
    SessionCard(30, "participation/support/_support.html", _support, wide=True),
)
