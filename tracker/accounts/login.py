"""The browser's side of a session: Flask-Login keeps a random token in the signed cookie, nothing else."""

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, request, session
from flask_login import UserMixin, current_user, login_user, logout_user

from tracker.accounts import queries, services
from tracker.accounts.lifecycle import SESSION_TOUCH
from tracker.accounts.links import hash_of
from tracker.calendar.now import now
from tracker.database.writers import unless_busy
from tracker.extensions import login_manager
from tracker.rights.actor import Actor
from tracker.web import kept_forms

LEFT = "left"
"""The name under which the cookie keeps the token of the session that was signed out of."""
# No person acts on these: they must answer without the database.
WITHOUT_PERSON = ("static", "assets", "health.healthz")


class Visitor(UserMixin):
    """Flask-Login's user: its id is the session's token, `signed_in` the living session behind it."""

    def __init__(self, token: str, signed_in: queries.SignedIn | None = None) -> None:
        self.token = token
        self.signed_in = signed_in

    def get_id(self) -> str:
        return self.token


@login_manager.user_loader
def load_visitor(token: str) -> Visitor | None:
    """The visitor with this token while the session lives."""
    found = queries.signed_in(hash_of(token))
    return Visitor(token, found) if found else None


def load_actor() -> None:
    """The first before_request hook: `g.actor` and `g.signed_in` for everything that follows."""
    g.actor, g.signed_in = Actor.anonymous, None
    if request.endpoint in WITHOUT_PERSON or "_user_id" not in session:
        return
    found: queries.SignedIn | None = getattr(current_user, "signed_in", None)
    if found is None:
        return
    g.actor, g.signed_in = found.actor, found
    if now() - found.touched_at >= SESSION_TOUCH:
        unless_busy(lambda: services.touch(found.session_id))


def keep(token: str) -> None:
    """Give the browser a new session: what an earlier visitor left in the cookie is dropped.

    A person who comes back after the session ended keeps the CSRF token, so that forms left open can be sent.
    """
    earlier, csrf_token = session.get("_user_id") or session.get(LEFT), session.get("csrf_token")
    session.clear()
    session.permanent = True
    login_user(Visitor(token))
    if earlier and csrf_token and queries.same_person(hash_of(earlier), hash_of(token)):
        session["csrf_token"] = csrf_token


def forget() -> None:
    """Take the session out of the browser. Which one it was stays, signed, beside the token of its forms: what is still
    being typed on another page can be sent once the same person is back."""
    left = {LEFT: session.get("_user_id"), "csrf_token": session.get("csrf_token")}
    logout_user()
    session.clear()
    session.update({name: value for name, value in left.items() if value})


def person_before() -> int | None:
    """Whose session in this browser ended at most a day ago."""
    token = session.get("_user_id") or session.get(LEFT)
    return queries.person_before(hash_of(token)) if token else None


def from_here() -> dict[str, str]:
    """Where the request comes from, for the throttle and the list of sessions; no longer than an address can be, and
    without what PostgreSQL cannot keep."""
    named = "".join(char for char in request.user_agent.string if char.isprintable())
    return {"address": (request.remote_addr or "").replace("\x00", "")[:45], "user_agent": named}


def safe_next(target: Any) -> str | None:
    """A local path to go on to, or None: nobody can send a person elsewhere through our sign-in page."""
    if not isinstance(target, str) or not target.startswith("/") or len(target) > 2000:
        return None
    if target.startswith(("//", "/\\")) or any(ord(c) < 33 or c == "\\" for c in target):
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc else None


def init_app(app: Flask) -> None:
    """Load the actor before everything else, the guard of tracker.web.access included."""
    login_manager.session_protection = None
    kept_forms.doors.person_before = person_before
    app.before_request_funcs.setdefault(None, []).insert(0, load_actor)
    app.context_processor(lambda: {"signed_in": g.get("signed_in")})
