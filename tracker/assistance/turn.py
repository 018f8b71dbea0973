"""Whose turn it is with a request, since when and until when: the one line under its title in a State's lists."""

from typing import Any

from flask_babel import gettext as _

from tracker.assistance.lifecycle import Status
from tracker.i18n import format_day
from tracker.now import now
from tracker.policy import REQUEST_WRITERS, Actor

WITH_UNODC = frozenset({Status.SUBMITTED, Status.IN_REVIEW, Status.ACCEPTED, Status.IN_DELIVERY})


def turn(row: Any, actor: Actor) -> str:
    """Who has to act next, told to `actor` of the same State; a request that is over says only since when."""
    since = format_day(row.updated_at if row.status == Status.DRAFT else row.status_since)
    if row.status == Status.DRAFT:
        return _with_the_drafter(row, actor, since)
    if row.status == Status.AWAITING_AUTHORISATION:
        if actor.has("authorising_officer") and row.drafter_id != actor.person_id:
            return _("with you since %(day)s", day=since)
        return _("with your authority since %(day)s", day=since)
    if row.status == Status.CLARIFICATION:
        return _asked(row, actor, since)
    if row.status in WITH_UNODC:
        return _decided(row, since)
    return _("since %(day)s", day=since)


def turn_on_page(assistance_request: Any, parts: Any, actor: Actor) -> str:
    """The same on the request's own page, which knows what was delivered and not confirmed yet."""
    unconfirmed = any(a.delivered_on and not a.confirmed_at for a in parts.activities)
    if assistance_request.status == Status.IN_DELIVERY and unconfirmed:
        return _("with your State: a delivery is to be confirmed")
    return turn(assistance_request, actor)


def _with_the_drafter(row: Any, actor: Actor, since: str) -> str:
    if row.drafter_id == actor.person_id or not actor.has("authorising_officer"):
        return _("with you, changed on %(day)s", day=since)
    return _("with its drafter, changed on %(day)s", day=since)


def _asked(row: Any, actor: Actor, since: str) -> str:
    if not actor.has(*REQUEST_WRITERS):
        return _("with your State since %(day)s", day=since)
    if row.due_at is None:
        return _("with you since %(day)s", day=since)
    return _("with you since %(day)s, please answer by %(due)s", day=since, due=format_day(row.due_at))


def _decided(row: Any, since: str) -> str:
    if row.status not in (Status.SUBMITTED, Status.IN_REVIEW) or row.due_at is None:
        return _("with UNODC since %(day)s", day=since)
    if row.due_at < now():
        return _("with UNODC since %(day)s, was due by %(due)s", day=since, due=format_day(row.due_at))
    return _("with UNODC since %(day)s, due by %(due)s", day=since, due=format_day(row.due_at))
