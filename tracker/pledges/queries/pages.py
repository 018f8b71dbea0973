"""What the pages show: lists of pledges, the ledger line by line, what became of the money."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import Activity, AssistanceRequest, Confirmation
from tracker.extensions import db
from tracker.gather import gather
from tracker.now import today
from tracker.pledges.lifecycle import AccountKind, Origin
from tracker.pledges.models import Act, Allocation, Instalment, LedgerAccount, Pledge, Transfer
from tracker.pledges.queries.donors import donor_name
from tracker.pledges.queries.requests import as_sums, select_sums, sums_of
from tracker.pledges.queries.visible import may_describe, may_name, visible_to
from tracker.policy import Actor

COLUMNS = (AccountKind.EXPECTED, AccountKind.AVAILABLE, AccountKind.SUPPORT, AccountKind.HELD, AccountKind.PAID)
PAGE = 50
SECRET = Marking.STRICTLY_CONFIDENTIAL


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One line of a list of pledges."""

    pledge: Pledge
    donor: str
    sums: dict[str, int]
    next_due: date | None
    next_minor: int | None


@dataclass(slots=True)
class LedgerLine:
    """One act: what it changed and what each column holds after it, in minor units."""

    act: Act
    by: str | None
    allocation_id: int | None = None
    changes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    after: dict[str, int] = field(default_factory=dict)
    reversed_by: int | None = None
    reverses: int | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """What one allocation of a pledge pays for. Donors are shown the State, the kind and the amounts only.

    `described`: whether the reader may know State and kind; `named`: whether staff may know the reference at least.
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


@dataclass(frozen=True, slots=True)
class Result:
    """Something delivered with the pledge's money."""

    delivered_on: date
    iso3: str
    kind: str
    people: int
    women: int
    rating: int | None


def list_pledges(
    actor: Actor, *, status: str = "", taken_over: bool = False, before: int | None = None
) -> list[PledgeRow]:
    """Pledges that the actor may see, the newest first, one page of them (PAGE, and one more when there are more).
    Those taken over from other lists stand apart: no money of theirs passes through here."""
    statement = (
        sa.select(Pledge, Organisation.name, Organisation.state_iso3)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(visible_to(actor), (Pledge.origin == Origin.IMPORTED) == taken_over)
        .order_by(Pledge.id.desc())
        .limit(PAGE + 1)
    )
    if status:
        statement = statement.where(Pledge.status == status)
    if before:
        statement = statement.where(Pledge.id < before)
    rows = db.session.execute(statement).all()
    ids = [row.Pledge.id for row in rows]
    parts = gather(sums=select_sums(ids), due=_outstanding(ids)) if ids else {"sums": [], "due": []}
    sums = as_sums(ids, parts["sums"])
    latest_first = sorted(parts["due"], key=lambda part: part.due_on, reverse=True)
    due = {part.pledge_id: (part.due_on, part.left_minor) for part in latest_first}
    return [
        PledgeRow(pledge, donor_name(name, iso3), sums[pledge.id], *due.get(pledge.id, (None, None)))
        for pledge, name, iso3 in rows
    ]


def _outstanding(pledge_ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    left = Instalment.amount_minor - Instalment.received_minor - Instalment.cancelled_minor
    return sa.select(Instalment.pledge_id, Instalment.due_on, left.label("left_minor")).where(
        Instalment.pledge_id.in_(pledge_ids), left > 0
    )


def ledger_of(pledge: Pledge, *, newest: int | None = None) -> tuple[list[LedgerLine], dict[str, int]]:
    """(the acts of a pledge in order with the columns' balances after each, what its accounts hold now).

    `newest` limits the acts to so many of the latest. One statement, a second one where that leaves some out.
    """
    first = max(pledge.acts_posted - newest, 0) if newest else 0
    lines = _lines_after(pledge, first)
    sums = sums_of([pledge.id])[pledge.id] if first else _added_up(lines)
    running: dict[str, int] = {kind: sums[kind] for kind in COLUMNS}
    for line in reversed(lines):
        line.after = dict(running)
        running = {kind: total - line.changes.get(kind, 0) for kind, total in running.items()}
    return lines, sums


def _added_up(lines: list[LedgerLine]) -> dict[str, int]:
    sums: dict[str, int] = dict.fromkeys(AccountKind, 0)
    for line in lines:
        for kind, change in line.changes.items():
            sums[kind] += change
    return sums


def _lines_after(pledge: Pledge, number: int) -> list[LedgerLine]:
    source, target, reversal, reversed_act = (
        aliased(LedgerAccount),
        aliased(LedgerAccount),
        aliased(Act),
        aliased(Act),
    )
    statement = (
        sa.select(Act, Person.name, Transfer.amount_minor, source, target, reversal.number, reversed_act.number)
        .join(Transfer, Transfer.act_id == Act.id)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .outerjoin(Person, Person.id == Act.actor_person_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .outerjoin(reversed_act, reversed_act.id == Act.reverses_id)
        .where(Act.pledge_id == pledge.id, Act.number > number)
        .order_by(Act.number, Transfer.id)
    )
    lines: dict[int, LedgerLine] = {}
    for act, name, amount, went_from, went_to, reversed_by, reverses in db.session.execute(statement):
        line = lines.setdefault(act.id, LedgerLine(act, name, reversed_by=reversed_by, reverses=reverses))
        line.changes[went_from.kind] -= amount
        line.changes[went_to.kind] += amount
        line.allocation_id = went_from.allocation_id or went_to.allocation_id or line.allocation_id
    return list(lines.values())


def uses_of_pledge(pledge: Pledge, actor: Actor) -> list[Use]:
    """What a pledge's allocations pay for, the newest first."""
    return _uses(Allocation.pledge_id == pledge.id, actor)


def uses_for_request(request_id: int, actor: Actor) -> list[Use]:
    """The allocations of one request, for staff."""
    return _uses(Allocation.request_id == request_id, actor)


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
        )
        for row in db.session.execute(_select_uses(actor).where(condition).order_by(Allocation.id.desc()))
    ]


def _select_uses(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    held, paid = aliased(LedgerAccount), aliased(LedgerAccount)
    planner, approver = aliased(Person), aliased(Person)
    r = AssistanceRequest
    columns = (r.id, r.public_id, r.reference, r.kind, r.status, r.marking)
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


def results_of(uses: Iterable[Use], actor: Actor) -> list[Result]:
    """What was delivered for the requests that a pledge paid, with the State's rating, the latest first.

    What the reader may not know of is left out; donors learn no results of a strictly confidential request.
    """
    seen = [use for use in uses if use.described and (actor.is_staff or use.request.marking != SECRET)]
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
            paid[a.request_id].iso3,
            paid[a.request_id].request.kind,
            a.women + a.men + a.not_stated,
            a.women,
            rating,
        )
        for a, rating in db.session.execute(statement)
        if a.delivered_on
    ]


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment that is outstanding or comes soon; `days` until it is due, below zero when past."""

    instalment: Instalment
    pledge: Pledge
    donor: str
    days: int


def due_instalments(actor: Actor, *, until: date, limit: int = PAGE) -> list[Due]:
    """Instalments of accepted pledges that are due by a day and not wholly received, the oldest first."""
    left = Instalment.amount_minor > Instalment.received_minor + Instalment.cancelled_minor
    statement = (
        sa.select(Instalment, Pledge, Organisation.name, Organisation.state_iso3)
        .join(Pledge, Pledge.id == Instalment.pledge_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .where(visible_to(actor), Pledge.status == "accepted", Instalment.due_on <= until, left)
        .order_by(Instalment.due_on, Instalment.id)
        .limit(limit)
    )
    day = today()
    return [
        Due(part, pledge, donor_name(name, iso3), (part.due_on - day).days)
        for part, pledge, name, iso3 in db.session.execute(statement)
    ]
