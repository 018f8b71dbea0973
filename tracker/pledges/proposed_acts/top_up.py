"""The top-up: more money for one line of a seat, from the pledge that pays it or from another that suits."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges import funding, ledger, queries
from tracker.pledges.ledger import fund
from tracker.pledges.lifecycle import AccountKind, AllocationStatus
from tracker.pledges.models import Allocation, Pledge, SeatLine
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.pledges.queries.seat_lines import OpenLine
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.pledges.services.seats import SeatMoney, hold_more, refuse_a_mans_part
from tracker.rights.actor import TRAVEL_OFFICERS, Actor


@dataclass(frozen=True, slots=True)
class More:
    """So much more (USD) for a line of a seat, from a pledge (its public id), and why."""

    line: str
    pledge_id: uuid.UUID
    amount_minor: int
    reason: str


def propose_top_up(allocation_id: uuid.UUID, *, actor: Actor, more: More, key: str) -> str:
    """Propose more money for a line of the seat that an allocation pays. Gives the act's public id."""
    allocation, _pledge = queries.get_allocation(allocation_id, actor)
    pledge = queries.get_visible(more.pledge_id, actor)
    if allocation.seat_id is None:
        raise Conflict(lazy("Only the money of a seat is topped up."))
    draft = Draft(
        ActName.TOP_UP,
        f"seat:{allocation.seat_id}:{more.line}",
        allocation.request_id,
        {
            "line": more.line,
            "seat_number": queries.seat_number(allocation.seat_id),
            "pledge_id": pledge.id,
            "pledge": pledge.reference,
            "amount_minor": more.amount_minor,
        },
        more.reason,
        seat_id=allocation.seat_id,
    )
    return propose(draft, actor=actor, key=key)


def refuse_line_of_others(line: OpenLine | None) -> None:
    """Raise Conflict for a line that somebody else pays: the State said so when it confirmed the seat."""
    if line is not None and line.others_pay:
        raise Conflict(lazy("Somebody else pays this line, as the State said: this fund adds nothing to it."))


def _describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
    return {
        act.id: lazy(
            "%(amount)s more for seat %(number)d, line “%(line)s”, from %(pledge)s",
            amount=format_money(act.payload["amount_minor"], FUND_CURRENCY),
            number=act.payload["seat_number"],
            line=LINE_LABELS[act.payload["line"]],
            pledge=act.payload["pledge"],
        )
        for act in acts
    }


def _check(act: ProposedAct) -> None:
    amount, line = act.payload["amount_minor"], act.payload["line"]
    if amount <= 0:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero.")})
    if db.session.scalar(sa.select(SeatLine.id).where(SeatLine.seat_id == act.seat_id, SeatLine.kind == line)) is None:
        raise Conflict(lazy("The seat has no such line."))
    refuse_line_of_others(next((one for one in queries.open_lines_of(act.seat_id or 0) if one.kind == line), None))
    standing = sa.select(Allocation.id).where(
        Allocation.seat_id == act.seat_id, Allocation.status == AllocationStatus.APPROVED
    )
    if db.session.scalar(standing.limit(1)) is None or not funding.is_open(act.its_request_id):
        raise Conflict(lazy("Nothing is held for this seat any more: it has ended."))
    statement = sa.select(Pledge).where(Pledge.id == act.payload["pledge_id"]).options(selectinload(Pledge.earmarks))
    pledge = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    queries.must_suit(pledge, act.its_request_id, amount)
    refuse_a_mans_part(pledge, act.seat_id or 0)
    left = ledger.balance(pledge.id, fund(AccountKind.AVAILABLE))
    if amount > left:
        sums = {"pledge": pledge.reference, "left": format_money(left, FUND_CURRENCY)}
        raise Invalid(fields={"amount": lazy("%(pledge)s has %(left)s now: less than this.", **sums)})


def _run(act: ProposedAct, actor: Actor) -> None:
    more = SeatMoney(act.seat_id or 0, act.its_request_id, act.payload["pledge_id"], act.payload["amount_minor"])
    hold_more(more, line=act.payload["line"], proposed_by_id=act.proposed_by_id, actor=actor)


TOP_UP = ActKind(
    ActName.TOP_UP,
    lazy("Top-up"),
    proposers=TRAVEL_OFFICERS,
    confirmers=("finance_officer",),
    describe=_describe,
    check=_check,
    run=_run,
    does=(
        lazy("What is approved for the request and for this line goes up, and the money is held at once."),
        lazy("The line can be paid up to the new amount."),
    ),
)
