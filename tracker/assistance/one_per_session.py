"""One live request of a State for each session: two would give the same people two seats, paid twice."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import LIVE, Action, Kind, gate
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries.visible import visible_to
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor

R = AssistanceRequest
REFUSAL = lazy(
    "The State has a request for this session already; one is possible. Add the people to it, or withdraw it first."
)


def live_beside(assistance_request: R, session_id: int) -> sa.ColumnElement[bool]:
    """The State's other requests for a session that its authority or UNODC has now; imported ones are exempt."""
    return sa.and_(
        R.id != assistance_request.id,
        R.kind == Kind.PARTICIPATION,
        R.organisation_id == assistance_request.organisation_id,
        R.session_id == session_id,
        R.status.in_(LIVE),
        R.origin != "imported",
    )


def other_that_is_seen(assistance_request: R, actor: Actor) -> Any:
    """The other live request for the session as far as the actor may see it (public_id, reference); None without."""
    if assistance_request.session_id is None:
        return None
    others = live_beside(assistance_request, assistance_request.session_id)
    seen = sa.select(R.public_id, R.reference).where(others, visible_to(actor))
    return db.session.execute(seen.order_by(R.id).limit(1)).first()


def refuse_second(assistance_request: R, session_id: int | None) -> None:
    """Raise Invalid when the request would be the State's second for the session.

    The State's row is locked first: of two that ask at once the later one sees the earlier (SQLite has one writer).
    """
    if assistance_request.kind != Kind.PARTICIPATION:
        return
    state = sa.select(Organisation.id).where(Organisation.id == assistance_request.organisation_id)
    db.session.execute(state.with_for_update())
    if _has_other(assistance_request, session_id):
        raise Invalid(REFUSAL, fields={"session": REFUSAL})


def _has_other(assistance_request: Any, session_id: int | None) -> bool:
    if session_id is None or assistance_request.origin == "imported":
        return False
    return bool(db.session.scalar(sa.select(sa.exists().where(live_beside(assistance_request, session_id)))))


def _second(assistance_request: Any) -> dict[str, Any]:
    return {"session": REFUSAL} if _has_other(assistance_request, assistance_request.session_id) else {}


def register_gate() -> None:
    """Say it before authorisation is asked, with what else is missing."""
    gate(Kind.PARTICIPATION, Action.ASK_AUTHORISATION, _second)
