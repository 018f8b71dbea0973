"""Setting up a session's support, from nothing or after an earlier session, and changing it: one event each."""

from dataclasses import asdict
from typing import Any

from sqlalchemy.exc import IntegrityError

from tracker import events
from tracker.database.seen import refuse_stale
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.support import checking, queries
from tracker.participation.support.dates import day_of
from tracker.participation.support.lifecycle import PAID_LINES, STEPS
from tracker.participation.support.models import SessionRule, SessionSupport, VisaDays
from tracker.participation.support.policies import RULES, SET_UP
from tracker.participation.support.terms import Terms
from tracker.reference import queries as reference
from tracker.reference import services as sessions
from tracker.reference.doubts import unless
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def set_up_support(code: str, *, actor: Actor, terms: Terms, copied_from: str | None = None, sure: bool = False) -> str:
    """Say for the first time what a session's support is; gives the session's code. `copied_from` is the code of the
    session whose terms the person began with. Raises Invalid, Doubtful, and Conflict where it is set up already."""
    authorize(RULES, SET_UP, actor, None)
    session = reference.get_session(code)
    earlier = reference.get_session(copied_from) if copied_from else None
    if queries.support_of(session.id) is not None:
        raise _set_up_already()
    _check(terms, session, sure)
    db.session.add(SessionSupport(session_id=session.id, copied_from_id=earlier.id if earlier else None, **_own(terms)))
    try:
        db.session.flush()
    except IntegrityError as reason:
        raise _set_up_already() from reason
    _write_rows(session, terms)
    events.record("participation.support_set_up", session, actor=actor, code=code, copied_from=copied_from)
    return code


@verb
def change_support(code: str, *, actor: Actor, version: int | None, terms: Terms, sure: bool = False) -> str:
    """Change what a session's support is; gives the session's code. `version` is the one of the terms that the page
    showed (`database.seen.version_of`). Raises Stale, Invalid, Doubtful."""
    authorize(RULES, SET_UP, actor, None)
    session = reference.get_session(code)
    before = queries.support_of(session.id)
    if before is None:
        raise NotFound
    refuse_stale(version, before.terms)
    _check(terms, session, sure)
    as_read = SessionSupport.session_id == session.id, SessionSupport.version == before.version
    if not update_where(SessionSupport, *as_read, version=before.version + 1, **_own(terms)):
        raise Stale(lazy("Somebody changed this while you had the page open."))
    _write_rows(session, terms)
    said, says = asdict(before.terms), asdict(terms)
    changed = sorted(name for name in says if says[name] != said[name])
    events.record("participation.support_changed", session, actor=actor, code=code, fields=changed)
    return code


def _check(terms: Terms, session: Session, sure: bool) -> None:
    if wrong := checking.wrong_in(terms, session.starts_on):
        raise Invalid(fields=wrong)
    unless(sure, checking.doubted(terms, session))


_KEPT = ("first_pass", "cabin", "route", "rule_set", "visa_days", "passport_months", "phone_day", "phone_night")


def _own(terms: Terms) -> dict[str, Any]:
    """The columns of the support's own row."""
    return (
        {name: getattr(terms, name) for name in _KEPT}
        | {f"pays_{line}": line in terms.pays for line in PAID_LINES}
        | {f"{step}_days": terms.days[step] for step in STEPS}
        | {f"{step}_on": terms.fixed.get(step) for step in STEPS if step != "nominations"}
    )


def _write_rows(session: Session, terms: Terms) -> None:
    """The session's own facts, the rules and the days of visas."""
    sessions.keep_support(
        session,
        closing_on=day_of("nominations", session.starts_on, terms.days, terms.fixed),
        seats_funded=terms.seats,
        seats_per_state=terms.seats_per_state,
        alternates_per_state=terms.alternates_per_state,
    )
    for model in (SessionRule, VisaDays):
        delete_where(model, model.session_id == session.id)
    rules = [
        SessionRule(session_id=session.id, position=place, **asdict(rule))
        for place, rule in enumerate(terms.rules, start=1)
    ]
    db.session.add_all([*rules, *(VisaDays(session_id=session.id, **asdict(need)) for need in terms.visa_needs)])
    db.session.flush()


def _set_up_already() -> Conflict:
    return Conflict(lazy("The support of this session is set up already. Open the session's page again."))
