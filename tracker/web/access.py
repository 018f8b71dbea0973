"""Who may enter a view: every view declares it, and a view that does not is refused to everybody."""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask, abort, current_app, g, redirect, request, url_for

from tracker.database.verbs import IdempotencyKey
from tracker.errors import Forbidden, NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor
from tracker.rights.rules import Asked, Refusal, Rules, authorize
from tracker.web.whole_forms import MARK

View = TypeVar("View", bound=Callable[..., Any])
Found = TypeVar("Found")

GROUPS = {
    "public": frozenset[str](),
    "signed_in": frozenset[str](),
    "state": STATE_ROLES,
    "donor": DONOR_ROLES,
    "staff": OFFICE_ROLES,
}
EVERY_ROLE = STATE_ROLES | DONOR_ROLES | OFFICE_ROLES


def access(*names: str) -> Callable[[View], View]:
    """Declare who may enter a view: "public", "signed_in", a group (state, donor, staff) or role names."""
    unknown = [name for name in names if name not in GROUPS and name not in EVERY_ROLE]
    if unknown or not names:
        raise ValueError(f"@access takes groups or roles, not {unknown or 'nothing'}")

    def mark(view: View) -> View:
        view.access = frozenset(names)  # type: ignore[attr-defined]  # functions carry what we give them
        return view

    return mark


def current_actor() -> Actor:
    """The actor of this HTTP request; `Actor.anonymous` when nobody is signed in."""
    return g.get("actor", Actor.anonymous)


def may_enter(names: frozenset[str], actor: Actor) -> bool:
    """Whether an actor passes a view's @access declaration."""
    if "public" in names:
        return True
    if not actor.signed_in:
        return False
    return "signed_in" in names or not actor.roles.isdisjoint(_roles_of(names))


@cache
def _roles_of(names: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(GROUPS.get(name) or {name} for name in names))


def allow(rules: Rules[Asked], action: Any, facts: Asked | None) -> None:
    """Raise Forbidden on the page of an act that the actor may not do now. A form that has done its work already
    passes: the service gives a second press of the button the first one's outcome."""
    if not sent_before():
        authorize(rules, action, current_actor(), facts)


def sent_before() -> bool:
    """Whether the form that is being sent has done its work already, sent by the same person."""
    key = request.form.get("key", "")[:64] if request.method == "POST" else ""
    person_id = current_actor().person_id
    if not key or person_id is None:
        return False
    mine = sa.select(IdempotencyKey.key).where(IdempotencyKey.key == key, IdempotencyKey.person_id == person_id)
    return db.session.scalar(mine) is not None


def guard() -> Any:
    """The before_request hook: deny by default, send strangers to the sign-in page and bring them back."""
    if request.endpoint is None:
        return None  # no such address: the 404 page answers
    view = current_app.view_functions[request.endpoint]
    names = getattr(view, "access", None)
    if request.endpoint == "static":
        return None
    if names is None:
        current_app.logger.error("view %s declares no access", request.endpoint)
        abort(403)
    actor = current_actor()
    if may_enter(names, actor):
        return None
    if not actor.signed_in:
        if request.is_json or request.path.startswith("/api/") or something_typed():
            abort(401)
        target = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=target))
    raise Forbidden(Refusal("role", lazy("This page is for people with another role.")))


def unless_sent(load: Callable[[], Found]) -> Found | None:
    """What `load` finds. None where it finds nothing because the form that is being sent has just taken it away, also
    when the first press was at work while this one began: the service gives its outcome again."""
    try:
        return load()
    except NotFound:
        if sent_before():
            return None
        raise


def something_typed() -> bool:
    """Whether a form came with more than its hidden fields: the 401 page keeps what a redirect would drop."""
    beside = {"csrf_token", "key", "version", MARK}
    return request.method == "POST" and any(text.strip() for name, text in request.form.items() if name not in beside)


def init_app(app: Flask) -> None:
    app.before_request(guard)
