"""What became of the money: the requests that allocations pay for, and what was delivered with it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.fields.table import shown_with
from tracker.assistance.models import Activity, AssistanceRequest, Confirmation
from tracker.extensions import db
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, Pledge
from tracker.pledges.queries.needs import agreed_fields
from tracker.pledges.queries.visible import may_describe, may_name, visible_to
from tracker.rights.actor import Actor


@dataclass(frozen=True, slots=True)
class Use:
    """What one allocation of a pledge pays for. Donors are shown the State, the kind and the amounts at most.

    `described`: whether the reader may know State and kind; `named`: whether staff may know the reference at least.
    A donor knows it by its public `number`, and by `title` where the State agreed to show it; `agreed` is whether the
    State agreed to show anything more. Of a strictly confidential request a donor learns the amounts alone.
    """

    allocation: Allocation
    request: Any
    iso3: str
    held_minor: int
    paid_minor: int
    planned_by: str
    approved_by: str
    described: bool
    named: bool
    number: uuid.UUID | None = None
    title: str = ""
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """Something delivered with the pledge's money."""

    delivered_on: date
    use: Use
    people: int
    women: int
    rating: int | None


def uses_of_pledge(pledge: Pledge, actor: Actor) -> list[Use]:
    """What a pledge's allocations pay for, the newest first."""
    return _uses(Allocation.pledge_id == pledge.id, actor)


def uses_for_request(request_id: int, actor: Actor) -> list[Use]:
    """The allocations of one request, for staff."""
    return _uses(Allocation.request_id == request_id, actor)


def uses_for_session(session_id: int, actor: Actor) -> list[Use]:
    """The allocations of the requests for one session, of the pledges that the actor may see."""
    return _uses(sa.and_(AssistanceRequest.session_id == session_id, visible_to(actor)), actor)


def use_of(allocation: Allocation, actor: Actor) -> Use:
    """What one allocation pays for."""
    return _uses(Allocation.id == allocation.id, actor)[0]


def _uses(condition: sa.ColumnElement[bool], actor: Actor) -> list[Use]:
    return [
        Use(
            allocation=row[0],
            request=row,
            iso3=row.state_iso3 or "",
            held_minor=row.held_minor,
            paid_minor=row.paid_minor,
            planned_by=row.planned_by or "",
            approved_by=row.approved_by or "",
            described=bool(row.described),
            named=bool(row.named),
            **_known_to_a_donor(row, actor),
        )
        for row in db.session.execute(_select_uses(actor).where(condition).order_by(Allocation.id.desc()))
    ]


def _known_to_a_donor(row: Any, actor: Actor) -> dict[str, Any]:
    if not actor.is_donor or not row.described:
        return {}
    shown = shown_with((row.agreed or "").split(","))
    return {"number": row.public_number, "title": row.title if "title" in shown else "", "agreed": bool(row.agreed)}


def _select_uses(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    held, paid = aliased(LedgerAccount), aliased(LedgerAccount)
    planner, approver = aliased(Person), aliased(Person)
    r = AssistanceRequest
    columns = (r.id, r.public_id, r.public_number, r.reference, r.title, r.language, r.kind, r.status, r.marking)
    return (
        sa.select(
            Allocation,
            Organisation.state_iso3,
            sa.func.coalesce(held.balance_minor, 0).label("held_minor"),
            sa.func.coalesce(paid.balance_minor, 0).label("paid_minor"),
            planner.name.label("planned_by"),
            approver.name.label("approved_by"),
            Pledge.reference.label("pledge_reference"),
            may_describe(actor).label("described"),
            may_name(actor).label("named"),
            agreed_fields().label("agreed"),
            *columns,
        )
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(r, r.id == Allocation.request_id)
        .join(Organisation, Organisation.id == r.organisation_id)
        .outerjoin(planner, planner.id == Allocation.planned_by_id)
        .outerjoin(approver, approver.id == Allocation.approved_by_id)
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == AccountKind.HELD))
        .outerjoin(paid, sa.and_(paid.allocation_id == Allocation.id, paid.kind == AccountKind.PAID))
    )


def results_of(uses: Iterable[Use]) -> list[Result]:
    """What was delivered for the requests that a pledge paid, with the State's rating, the latest first.

    What the reader may not know of is left out.
    """
    seen = [use for use in uses if use.described]
    paid = {use.request.id: use for use in seen if use.paid_minor}
    statement = (
        sa.select(Activity, Confirmation.rating)
        .outerjoin(Confirmation, Confirmation.activity_id == Activity.id)
        .where(Activity.request_id.in_(paid), Activity.delivered_on.is_not(None))
        .order_by(Activity.delivered_on.desc())
    )
    if not paid:
        return []
    return [
        Result(
            a.delivered_on,
            paid[a.request_id],
            a.women + a.men + a.not_stated,
            a.women,
            rating,
        )
        for a, rating in db.session.execute(statement)
        if a.delivered_on
    ]
