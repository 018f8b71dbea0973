"""What happens to money when a request is decided, amended, withdrawn or completed, in the transaction of that act."""

from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.assistance.models import Decision
from tracker.errors import Conflict
from tracker.events import Event, react
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import funding
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Allocation, LedgerAccount, RequestFunding
from tracker.pledges.services.allocations import release_for_request
from tracker.rights.actor import Actor


def register() -> None:
    """Called once by the application."""
    react("assistance.accepted", approve_funding)
    react("assistance.amended", approve_funding)
    react("assistance.withdrawn", free_money)
    react("assistance.completed", end_funding)
    react("assistance.ended_unfunded", end_funding)
    gate(Kind.PARTICIPATION, Action.END_UNFUNDED, holds_no_money)
    gate(Kind.PARTICIPATION, Action.END_UNFUNDED, paid_nothing)
    for kind in Kind:
        gate(kind, Action.COMPLETE, holds_no_money)
        gate(kind, Action.AMEND, covers_what_is_allocated)


def approve_funding(_event: Event, request: Any, _actor: Actor) -> None:
    """A request may get what the decision in force says, the one just signed; for participation that is nothing until a
    round gives seats."""
    amount = db.session.scalar(sa.select(Decision.amount_minor).where(Decision.id == request.decision_id))
    funding.approve(request.id, amount or 0)


def free_money(_event: Event, request: Any, actor: Actor) -> None:
    """A withdrawn request gives back all that is held for it."""
    release_for_request(request.id, actor=actor)


def end_funding(_event: Event, request: Any, actor: Actor) -> None:
    """A completed request takes no more money; its plans are dropped. What is held stops the completion."""
    funding.shut(request.id)
    if held_for(request.id):
        raise Conflict(_HELD)
    release_for_request(request.id, actor=actor)


def holds_no_money(request: Any) -> dict[str, Any]:
    """The gate before completing: money that is still held is paid or released first."""
    return {"money": _HELD} if held_for(request.id) else {}


def paid_nothing(request: Any) -> dict[str, Any]:
    """The gate before ending without a seat: what was paid for is completed."""
    paid = db.session.scalar(sa.select(RequestFunding.paid_minor).where(RequestFunding.request_id == request.id))
    return {"paid": lazy("Money was paid for this request: complete it instead.")} if paid else {}


def covers_what_is_allocated(prepared: Any) -> dict[str, Any]:
    """The gate before an amendment: a prepared amount is not below what is allocated."""
    refusal = funding.shortfall(prepared.request_id, prepared.amount_minor or 0)
    return {"amount": refusal} if refusal is not None else {}


def held_for(request_id: int) -> int:
    """What is held for a request over all pledges, in the fund's minor units."""
    total = db.session.scalar(
        sa.select(sa.func.sum(LedgerAccount.balance_minor))
        .join(Allocation, Allocation.id == LedgerAccount.allocation_id)
        .where(Allocation.request_id == request_id, LedgerAccount.kind == AccountKind.HELD)
    )
    return int(total or 0)


_HELD = lazy("Money is still held for this request: release or pay it first.")
