"""The columns that telling people needs, for many rows in one statement each."""

from collections.abc import Collection

import sqlalchemy as sa

from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.notifications.subjects.facts import PledgeFacts, RequestFacts
from tracker.pledges.models import Allocation, Pledge
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest
_PLEDGE = (Pledge.id, Pledge.public_id, Pledge.reference, Pledge.status, Pledge.donor_id)


def requests(ids: Collection[int], actor: Actor = Actor.system) -> dict[int, RequestFacts]:
    """Requests by id, those only that the actor may see."""
    if not ids:
        return {}
    columns = (R.id, R.public_id, R.reference, R.status, R.kind, R.marking, R.organisation_id)
    rows = db.session.execute(sa.select(*columns).where(R.id.in_(ids), visible_to(actor)))
    return {row.id: RequestFacts(*row) for row in rows}


def kept_from(actor: Actor, ids: Collection[int]) -> set[int]:
    """Which of these requests are strictly confidential and not the actor's to know."""
    if not ids:
        return set()
    strict = sa.select(R.id, visible_to(actor).label("known")).where(
        R.id.in_(ids), R.marking == Marking.STRICTLY_CONFIDENTIAL
    )
    return {row.id for row in db.session.execute(strict) if not row.known}


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


def session_codes(ids: Collection[int]) -> dict[int, str]:
    """The codes of sessions by id."""
    if not ids:
        return {}
    return dict(db.session.execute(sa.select(Session.id, Session.code).where(Session.id.in_(ids))).all())
