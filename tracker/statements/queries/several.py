"""The pledges and allocations behind a statement of a donor, of a request, of a session or of the fund."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to as request_visible_to
from tracker.calendar.working_days import day_of
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges import queries as pledges
from tracker.pledges.models import Act, Allocation, Pledge
from tracker.pledges.queries import Use
from tracker.pledges.queries.visible import may_name, visible_to
from tracker.rights.actor import Actor

Begun = tuple[Pledge, date]
"""A pledge, and the day on which its ledger began."""


def begun_pledges(actor: Actor, donor_id: int | None = None) -> list[Begun]:
    """The pledges with a ledger that the actor may see, of one donor or all, by their references."""
    mine = sa.true() if donor_id is None else Pledge.organisation_id.in_(ids_of(donor_id))
    return _begun(mine, actor)


def pledges_behind(uses: Sequence[Use], actor: Actor) -> list[Begun]:
    """The pledges whose allocations these are."""
    return _begun(Pledge.id.in_({use.allocation.pledge_id for use in uses}), actor) if uses else []


def _begun(which: sa.ColumnElement[bool], actor: Actor) -> list[Begun]:
    statement = (
        sa.select(Pledge, Act.at)
        .join(Act, sa.and_(Act.pledge_id == Pledge.id, Act.number == 1))
        .where(which, visible_to(actor))
        .options(joinedload(Pledge.organisation))
        .order_by(Pledge.reference)
    )
    return [(pledge, day_of(at)) for pledge, at in db.session.execute(statement)]


def get_request(public_id: uuid.UUID, actor: Actor) -> AssistanceRequest:
    """A request whose money somebody of the office may follow: one that they may open, or know by its allocations;
    raises NotFound."""
    r = AssistanceRequest
    given = sa.exists().where(Allocation.request_id == r.id)
    wanted = sa.select(r).where(r.public_id == public_id, may_name(actor), sa.or_(request_visible_to(actor), given))
    if (found := db.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()) is None:
        raise NotFound
    return found


def uses_for(request_id: int, actor: Actor) -> list[Use]:
    """The allocations of a request."""
    return _first_first(pledges.uses_for_request(request_id, actor))


def uses_of_session(session_id: int, actor: Actor) -> list[Use]:
    """The allocations for a session of which the actor may know what they pay for: a donor its own money's."""
    found = pledges.uses_for_session(session_id, actor)
    return _first_first(use for use in found if (use.described if actor.is_donor else use.named))


def _first_first(uses: Any) -> list[Use]:
    return sorted(uses, key=lambda use: use.allocation.id)
