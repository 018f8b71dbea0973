"""The account of a session: States without a seat are told that it ended, and it closes with what remains."""

from typing import Any

from tracker import events
from tracker.assistance.implementation.services import end_unfunded
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.marking import lazy, one_text
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.seats.reactions import is_over
from tracker.participation.settling import account
from tracker.participation.settling.models import SessionClosing
from tracker.participation.settling.policies import RULES, SettleAction
from tracker.pledges.services.promises import required_reason
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb(events=None)
def end_without_seat(code: str, *, actor: Actor, rule: str) -> int:
    """End every request of a session for which no seat was given, or whose seats all ended before anything was paid;
    each State reads the published `rule`. Gives how many, all or none; one event for each request."""
    authorize(RULES, SettleAction.CLOSE, actor, None)
    session, said = reference.get_session(code), required_reason(rule)
    if not is_over(session):
        raise Conflict(lazy("The session is not over yet."))
    hold_requests({one.id for one in account.without_seat(session.id, actor)})
    rows = account.without_seat(session.id, actor)
    if not rows:
        raise Conflict(lazy("No request of this session is left without a seat."))
    for row in rows:
        end_unfunded(row.public_id, actor=actor, version=None, rule=said)
    return len(rows)


@verb
def close_session(code: str, *, actor: Actor) -> None:
    """Close the account of a session whose seats are all settled or ended, once; what is owed still is written down.
    Raises Conflict with what stands in the way."""
    authorize(RULES, SettleAction.CLOSE, actor, None)
    session = reference.get_session(code)
    found = account.account_of(session, actor)
    hold_requests({one.request.id for one in found.seats})
    found = account.account_of(session, actor)
    if reasons := found.in_the_way():
        raise Conflict(one_text(reasons))
    remaining = _remaining(found)
    db.session.add(SessionClosing(session_id=session.id, closed_by_id=actor.person_id or 0, remaining=remaining))
    db.session.flush()
    events.record("participation.session_closed", session, actor=actor, code=code, **remaining)


def _remaining(found: account.Account) -> dict[str, Any]:
    return {
        "seats": len(found.settled),
        "claimed_minor": found.claimed_minor,
        "refunds_minor": found.refunds_minor,
        "ended_minor": found.ended_minor,
        "without_seat": len(found.without_seat),
    }
