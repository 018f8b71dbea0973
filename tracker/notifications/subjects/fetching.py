"""The columns that telling people needs, for many rows in one statement each."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import recused, visible_to
from tracker.extensions import db
from tracker.notifications.subjects.facts import PledgeFacts, RequestFacts
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.queries import may_name
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds.models import Round

R = AssistanceRequest
_REQUEST: list[Any] = [
    *(R.id, R.public_id, R.reference, R.status, R.kind, R.marking, R.organisation_id),
    *(R.seats_given_up, R.round_result),
]
_PLEDGE = (Pledge.id, Pledge.public_id, Pledge.reference, Pledge.status, Pledge.donor_id)


def requests(ids: Collection[int], actor: Actor = Actor.system) -> dict[int, RequestFacts]:
    """Requests by id, those only that the actor may see."""
    if not ids:
        return {}
    rows = db.session.execute(sa.select(*_REQUEST).where(R.id.in_(ids), visible_to(actor)))
    return {row.id: RequestFacts(*row) for row in rows}


def kept_from(actor: Actor, ids: Collection[int]) -> set[int]:
    """Which of these requests are not the actor's to know: strictly confidential, or with a conflict of interest."""
    if not ids:
        return set()
    kept = sa.or_(R.marking == Marking.STRICTLY_CONFIDENTIAL, recused(actor))
    found = sa.select(R.id, visible_to(actor).label("known")).where(R.id.in_(ids), kept)
    return {row.id for row in db.session.execute(found) if not row.known}


def requests_and_unnamed(ids: Collection[int], actor: Actor) -> tuple[dict[int, RequestFacts], set[int]]:
    """(requests that the actor may see, ids of those of whose money, too, they may know nothing), in one statement."""
    if not ids:
        return {}, set()
    known = visible_to(actor).label("known"), may_name(actor).label("named")
    rows = db.session.execute(sa.select(*_REQUEST, *known).where(R.id.in_(ids))).all()
    return {row.id: RequestFacts(*row[:-2]) for row in rows if row.known}, {row.id for row in rows if not row.named}


def pledges(ids: Collection[int]) -> dict[int, PledgeFacts]:
    """Pledges by id."""
    if not ids:
        return {}
    return {row.id: PledgeFacts(*row) for row in db.session.execute(sa.select(*_PLEDGE).where(Pledge.id.in_(ids)))}


def paid_by(organisation_id: int | None, request_ids: Collection[int]) -> dict[int, PledgeFacts]:
    """For each request the first pledge of this donor from which money was approved for it."""
    if not request_ids:
        return {}
    rows = db.session.execute(
        sa.select(Allocation.request_id, *_PLEDGE)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .where(
            Allocation.request_id.in_(request_ids),
            Allocation.approved_at.is_not(None),
            Pledge.organisation_id.in_(ids_of(organisation_id)),
        )
        .order_by(Allocation.id.desc())
    )
    return {row.request_id: PledgeFacts(*row[1:]) for row in rows}


def rounds(ids: Collection[int]) -> dict[int, Any]:
    """Rounds of seats by id: the public id, and the code of the session."""
    if not ids:
        return {}
    rows = sa.select(Round.id, Round.public_id, Session.code).join(Session, Session.id == Round.session_id)
    return {row.id: row for row in db.session.execute(rows.where(Round.id.in_(ids)))}


def session_codes(ids: Collection[int]) -> dict[int, str]:
    """The codes of sessions by id."""
    if not ids:
        return {}
    return dict(db.session.execute(sa.select(Session.id, Session.code).where(Session.id.in_(ids))).all())
