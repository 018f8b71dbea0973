"""The steps of sessions as deadlines, for everybody: they are published."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.deadlines.sources import Deadline, Window
from tracker.participation.support.lifecycle import STEPS
from tracker.participation.support.presenting import label_in
from tracker.participation.support.queries import supports_of
from tracker.reference.models import Session
from tracker.rights.actor import Actor

_LABELS = {name: step.label for name, step in STEPS.items()}
OPEN = ("late", "next", "ahead")
"""How steps stand that are still to be taken; that one is late is told to the office only."""
OF_STATES = ("nominations", "answer", "papers")
"""Steps that States take; UNODC takes the others."""


def session_steps(actor: Actor, window: Window) -> Iterator[Deadline]:
    """The steps of the sessions that are not over, as far as their days are known; donors have no part in them."""
    if actor.is_donor and not actor.is_state:
        return
    ahead = sa.or_(Session.ends_on.is_(None), Session.ends_on >= today()), Session.status == "planned"
    for support in supports_of(*ahead):
        for step in support.steps(today()):
            told = step.state in OPEN and (actor.is_staff or step.state != "late")
            if step.day and told and window.first <= step.day <= window.last:
                yield _deadline(support.code, step.name, step.day, actor)


def _deadline(code: str, step: str, day: date, actor: Actor) -> Deadline:
    of_states = step in OF_STATES
    own = actor.is_state if of_states else actor.is_staff
    whose = "" if own else _("The State") if of_states else _("UNODC")
    return Deadline(
        f"session-{code}-{step}", day, label_in(_LABELS, step), code, "sessions.show", {"code": code}, whose
    )
