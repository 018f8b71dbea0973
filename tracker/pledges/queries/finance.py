"""What waits for the finance officers: plans to approve, money held to be paid, the latest payments."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, Pledge, PostingConfirmation, SeatLine
from tracker.pledges.queries.visible import may_describe, may_name
from tracker.rights.actor import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """An allocation with what a finance officer needs beside it.

    `total_minor` and `of_all` are the sum and the length of its whole list, of which a page may show a part.
    """

    allocation: Allocation
    pledge: Any
    request: Any
    planned_by: str
    available_minor: int
    held_minor: int
    total_minor: int
    of_all: int


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment or a recovery, with the marking of its request; `reversed_by` is the number of the step that took it
    back, `line` the kind of the line of a seat that it names."""

    payment: Disbursement
    act: Any
    allocation_id: Any
    pledge_reference: str
    request_reference: str
    by: str
    reversed_by: int | None
    line: str | None
    marking: str
    confirmed: bool

    @property
    def is_unconfirmed(self) -> bool:
        """Whether it stands and nobody confirmed it yet."""
        return not self.confirmed and self.reversed_by is None


def waiting(actor: Actor, *, limit: int = PAGE) -> tuple[list[Waiting], list[Waiting]]:
    """(plans to approve, approved allocations that still hold money), up to `limit` of each, the oldest first.

    `request.described`: whether the actor may know more of the request than its reference.
    """
    rows = [
        Waiting(row[0], row[1], row, row[2], row.available_minor, row.held_minor, int(row.total_minor), row.of_all)
        for row in db.session.execute(_select_waiting(actor, limit))
    ]
    planned = [row for row in rows if row.allocation.status == AllocationStatus.PLANNED]
    return planned, [row for row in rows if row.allocation.status == AllocationStatus.APPROVED]


def names_of_allocations(ids: Collection[uuid.UUID], actor: Actor) -> dict[uuid.UUID, str]:
    """The reference of the request that each of these allocations pays, where the actor may know it."""
    found = (
        sa.select(Allocation.public_id, AssistanceRequest.reference)
        .join(AssistanceRequest, AssistanceRequest.id == Allocation.request_id)
        .where(Allocation.public_id.in_(ids), may_name(actor))
        .order_by(Allocation.id)
    )
    return {row.public_id: row.reference or "" for row in db.session.execute(found)} if ids else {}


def _ranked(actor: Actor) -> sa.Subquery:
    """Every allocation that waits for a request that the actor may know, with its place in its list and the sum and the
    length of that list."""
    held = aliased(LedgerAccount)
    planned = Allocation.status == AllocationStatus.PLANNED
    amount = sa.case((planned, Allocation.amount_minor), else_=held.balance_minor)
    return (
        sa.select(
            Allocation.id,
            sa.func.coalesce(held.balance_minor, 0).label("held_minor"),
            sa.func.row_number().over(partition_by=Allocation.status, order_by=Allocation.id).label("place"),
            sa.func.sum(amount).over(partition_by=Allocation.status).label("total_minor"),
            sa.func.count().over(partition_by=Allocation.status).label("of_all"),
        )
        .join(AssistanceRequest, AssistanceRequest.id == Allocation.request_id)
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == AccountKind.HELD))
        .where(may_name(actor))
        .where(sa.or_(planned, sa.and_(Allocation.status == AllocationStatus.APPROVED, held.balance_minor > 0)))
        .subquery()
    )


def _select_waiting(actor: Actor, limit: int) -> sa.Select[*tuple[Any, ...]]:
    available, ranked = aliased(LedgerAccount), _ranked(actor)
    r = AssistanceRequest
    return (
        sa.select(
            Allocation,
            Pledge,
            Person.name,
            ranked.c.total_minor,
            ranked.c.of_all,
            ranked.c.held_minor,
            sa.func.coalesce(available.balance_minor, 0).label("available_minor"),
            r.public_id,
            r.reference,
            r.marking,
            Organisation.state_iso3,
            may_describe(actor).label("described"),
        )
        .join(ranked, ranked.c.id == Allocation.id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(r, r.id == Allocation.request_id)
        .join(Organisation, Organisation.id == r.organisation_id)
        .join(Person, Person.id == Allocation.planned_by_id)
        .outerjoin(available, sa.and_(available.pledge_id == Pledge.id, available.kind == AccountKind.AVAILABLE))
        .where(ranked.c.place <= limit)
        .order_by(Allocation.status.desc(), Allocation.id)
    )


def latest_payments(actor: Actor, *, limit: int = 20) -> list[Paid]:
    """The payments recorded last, for requests that the actor may know."""
    return _payments(may_name(actor), limit=limit)


def payments_of(allocation: Allocation) -> list[Paid]:
    """Payments and recoveries of one allocation, the newest first."""
    return _payments(Allocation.id == allocation.id)


def _payments(*conditions: sa.ColumnElement[bool], limit: int | None = None) -> list[Paid]:
    reversal = aliased(Act)
    names = (Pledge.reference, AssistanceRequest.reference, Person.name)
    statement = (
        sa.select(Disbursement, Act, Allocation.public_id, *names, reversal.number, SeatLine.kind)
        .add_columns(AssistanceRequest.marking, PostingConfirmation.act_id)
        .join(Act, Act.id == Disbursement.act_id)
        .join(Allocation, Allocation.id == Disbursement.allocation_id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(AssistanceRequest, AssistanceRequest.id == Allocation.request_id)
        .outerjoin(Person, Person.id == Act.actor_person_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .outerjoin(PostingConfirmation, PostingConfirmation.act_id == Act.id)
        .outerjoin(SeatLine, SeatLine.id == Disbursement.seat_line_id)
        .where(*conditions)
        .order_by(Disbursement.id.desc())
        .limit(limit)
    )
    rows = db.session.execute(statement)
    return [
        Paid(row[0], row[1], row[2], row[3], row[4] or "", row[5] or "", row[6], row[7], row[8], row[9] is not None)
        for row in rows
    ]


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """Figures for the menu: plans that this finance officer may approve."""
    return {"finance": _planned_by_others()} if actor.has("finance_officer") else {}


@cache
def _planned_by_others() -> sa.ScalarSelect[int]:
    others = Allocation.planned_by_id != sa.bindparam("person_id")
    planned = sa.select(sa.func.count(Allocation.id)).where(Allocation.status == AllocationStatus.PLANNED, others)
    return planned.scalar_subquery()
