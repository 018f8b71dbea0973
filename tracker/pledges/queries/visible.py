"""Which pledges an actor may see. A row that is not visible and a row that is not there are the same: NotFound."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import recused
from tracker.assistance.queries import visible_to as request_visible_to
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges.ledger import Posting, Slot
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, Pledge, Transfer
from tracker.rights.actor import REQUEST_READERS, Actor


def visible_to(actor: Actor) -> sa.ColumnElement[bool]:
    """A donor sees its own pledges, the office all of them; the administrator and States none."""
    if actor.is_system or actor.has(*REQUEST_READERS):
        return sa.true()
    if actor.is_donor:
        return Pledge.organisation_id.in_(ids_of(actor.organisation_id))
    return sa.false()


def get_visible(public_id: uuid.UUID, actor: Actor) -> Pledge:
    """The pledge with its donor, earmarks and instalments, in one statement; raises NotFound."""
    return _one(Pledge.public_id == public_id, actor)


def get_visible_by_id(pledge_id: int, actor: Actor) -> Pledge:
    """The same by the row's own id."""
    return _one(Pledge.id == pledge_id, actor)


def _one(condition: sa.ColumnElement[bool], actor: Actor) -> Pledge:
    statement = (
        sa.select(Pledge)
        .where(condition, visible_to(actor))
        .options(joinedload(Pledge.organisation), joinedload(Pledge.earmarks), joinedload(Pledge.instalments))
        .execution_options(populate_existing=True)
    )
    pledge = db.session.scalars(statement).unique().one_or_none()
    if pledge is None:
        raise NotFound
    return pledge


def may_describe(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether the actor may know the State, the kind and the results of the request that an allocation is for.

    For statements that read AssistanceRequest. Donors may, of what their own money pays, unless it is strictly
    confidential: then they learn the amount and nothing else. Staff may, of what they may open.
    """
    if actor.is_donor:
        return AssistanceRequest.marking != Marking.STRICTLY_CONFIDENTIAL
    return request_visible_to(actor)


def may_name(actor: Actor) -> sa.ColumnElement[bool]:
    """Whether the actor may know the request's reference: finance officers approve and pay, so they may of each, unless
    they declared a conflict of interest in it."""
    return sa.not_(recused(actor)) if actor.has("finance_officer") else may_describe(actor)


def keeps_from(actor: Actor, act_id: Any) -> sa.ColumnElement[bool]:
    """Whether a step (its id, a column of the statement around) pays for a request that the actor may not know."""
    paid, allocation = aliased(Disbursement), aliased(Allocation)
    steps = (
        sa.select(paid.act_id)
        .join(allocation, allocation.id == paid.allocation_id)
        .join(AssistanceRequest, AssistanceRequest.id == allocation.request_id)
    )
    return act_id.in_(steps.where(sa.not_(may_name(actor))))


def get_allocation(public_id: uuid.UUID, actor: Actor) -> tuple[Allocation, Pledge]:
    """An allocation with its pledge; raises NotFound, also when the actor may not know its request."""
    statement = (
        sa.select(Allocation, Pledge)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(AssistanceRequest, AssistanceRequest.id == Allocation.request_id)
        .where(Allocation.public_id == public_id, visible_to(actor), may_name(actor))
        .options(selectinload(Pledge.earmarks))
        .execution_options(populate_existing=True)
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def get_act(public_id: uuid.UUID, actor: Actor) -> tuple[Act, Pledge]:
    """A step of the ledger with its pledge; raises NotFound."""
    statement = (
        sa.select(Act, Pledge)
        .join(Pledge, Pledge.id == Act.pledge_id)
        .where(Act.public_id == public_id, visible_to(actor))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return row[0], row[1]


def postings_of(act_id: int) -> list[Posting]:
    """The transfers of one act, in the order in which they were posted."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    statement = (
        sa.select(Transfer.amount_minor, source, target)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .where(Transfer.act_id == act_id)
        .order_by(Transfer.id)
    )
    return [Posting(_slot(row[1]), _slot(row[2]), row[0]) for row in db.session.execute(statement)]


def _slot(account: Any) -> Slot:
    return Slot(AccountKind(account.kind), account.currency, account.allocation_id)
