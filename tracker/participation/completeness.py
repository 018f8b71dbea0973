"""What a nomination must hold before the authority is asked; registered as gates in create_app."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

from tracker.assistance.fields.completeness import needed
from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation import queries
from tracker.participation.lifecycle import same_person
from tracker.participation.models import Delegate
from tracker.reference.models import Session

REQUIRED = ("name", "function", "office", "email", "nationality_iso3", "departure_airport")


def complete_delegation(assistance_request: Any) -> dict[str, Any]:
    """Sentences by field (session, delegates) that stop a participation request from being authorised."""
    if assistance_request.session_id is None:
        return {"session": needed("session")}
    session = db.session.get_one(Session, assistance_request.session_id)
    found: dict[str, Any] = {}
    _check_session(assistance_request, session, found)
    delegates = queries.delegates_of(assistance_request.id)
    _check_seats(delegates, session, found)
    _check_people(delegates, found)
    return found


def _check_session(assistance_request: Any, session: Session, found: dict[str, Any]) -> None:
    facts = queries.eligibility_of(assistance_request.organisation_id, session, today())
    if facts is None or not facts.is_eligible:
        found["session"] = lazy(
            "Support is for developing countries: your State is on none of the lists (LDC, LLDC, SIDS, ODA-eligible)."
        )
    elif not facts.is_open:
        found["session"] = lazy("Nominations for this session are closed.")


def too_many(delegates: Sequence[Delegate], session: Session | None) -> Any:
    """The sentence about more people than the session's rules take; None where they are not too many."""
    found: dict[str, Any] = {}
    if delegates and session is not None:
        _check_seats(delegates, session, found)
    return found.get("delegates")


def _check_seats(delegates: Any, session: Session, found: dict[str, Any]) -> None:
    principals = sum(not d.alternate for d in delegates)
    alternates = len(delegates) - principals
    if not principals:
        found["delegates"] = lazy("Nominate at least one delegate.")
    elif session.seats_per_state is not None and principals > session.seats_per_state:
        found["delegates"] = lazy(
            "%(seats)d delegates can be funded for each State; %(number)d are nominated.",
            seats=session.seats_per_state,
            number=principals,
        )
    elif session.alternates_per_state is not None and alternates > session.alternates_per_state:
        found["delegates"] = lazy(
            "%(seats)d alternates can be named for each State; %(number)d are.",
            seats=session.alternates_per_state,
            number=alternates,
        )


def _check_people(delegates: Sequence[Delegate], found: dict[str, Any]) -> None:
    gaps = [d for d in delegates if not all(getattr(d, name) for name in REQUIRED)]
    if gaps:
        found.setdefault("delegates", lazy("Complete what is missing for %(name)s.", name=_names(gaps)))
    again = [d for d, other in combinations(delegates, 2) if same_person(d, other)]
    if again:
        found.setdefault("delegates", lazy("%(name)s is nominated twice: take one off.", name=_names(again[:1])))
    needless = [d for d in delegates if d not in gaps and not d.needs]
    if needless:
        found.setdefault("needs", lazy("Say what is asked for %(name)s.", name=_names(needless)))


def _names(delegates: Sequence[Delegate]) -> str:
    return ", ".join(delegate.name or str(delegate.position) for delegate in delegates)


def register() -> None:
    """Stand in the way of asking for authorisation until the delegation is whole."""
    gate(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, complete_delegation)
