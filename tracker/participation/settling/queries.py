"""Reading seats with what was estimated, is due and was paid of each line, limited to what the actor may know."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.costs.lines import LineKind, Payer
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.claims.standing import unanswered
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import BEARS, Bearer, Cause, SeatStatus, awaits_settlement
from tracker.participation.seats.models import Seat
from tracker.participation.settling.lifecycle import SETTLED_FROM, LineSums, Owes, differs
from tracker.participation.settling.models import Settlement, SettlementLine
from tracker.participation.settling.outdated import Change, changes
from tracker.participation.settling.summing import allocations, held_and_back, references, sums
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, SeatLine
from tracker.pledges.queries.visible import may_describe, may_name
from tracker.rights.actor import Actor

R = AssistanceRequest
_ORDER = {kind.value: place for place, kind in enumerate(LineKind)}


@dataclass(frozen=True, slots=True)
class Settling:
    """A seat with its lines, its settlement where one is entered, what the travel desk recorded of the journey, and
    whether the reader may know more of the request than its reference (`described`). `invoices` are references of what
    was paid, `allocations` what pays, by line. `held_minor` is what the ledger holds for it, `came_back_minor` what of
    it is with the pledges again: released, refunded or recovered. `claim_waits`: the person's claim is not answered."""

    seat: Seat
    person: Delegate
    request: AssistanceRequest
    iso3: str | None
    settlement: Settlement | None
    journey: SeatTravel | None
    claim_waits: bool
    described: bool
    lines: tuple[LineSums, ...]
    invoices: dict[str, str]
    allocations: dict[str, list[uuid.UUID]]
    held_minor: int
    came_back_minor: int

    @property
    def name(self) -> str:
        """Who sits in the seat, for readers who may know it."""
        return self.person.name if self.described else ""

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the travel desk corrected since it was entered what is due; nothing once the seat is settled."""
        return () if self.is_settled else changes(self.settlement, self.journey)

    @property
    def days_changed(self) -> bool:
        """Whether the desk corrected the days, or what was provided on them."""
        return any(change.fact != "ticket_minor" for change in self.changes)

    @property
    def is_settled(self) -> bool:
        return self.seat.status == SeatStatus.SETTLED

    @property
    def is_open(self) -> bool:
        """The seat waits to be settled: its journey is over or missed, or it was cancelled and something was paid."""
        return awaits_settlement(SeatStatus(self.seat.status), self.total("paid_minor"))

    @property
    def state_bears(self) -> bool:
        """The State bears what was paid for a journey that was not made: nothing is due from the pledge."""
        return self.seat.borne_by == Bearer.STATE

    @property
    def bearer_is_open(self) -> bool:
        """Something was paid for a journey that was not made, and its cause leaves it to the manager who bears it."""
        cause = self.seat.cause
        is_open = cause is not None and BEARS[Cause(cause)] is None and self.seat.borne_by is None
        return is_open and self.total("paid_minor") > 0

    @property
    def is_entered(self) -> bool:
        """What is due is there and waits for a finance officer."""
        return self.is_open and self.settlement is not None

    @property
    def differs(self) -> bool:
        """Whether something is to be paid or comes back."""
        return differs(self.lines)

    @property
    def to_pay(self) -> tuple[LineSums, ...]:
        return tuple(line for line in self.lines if line.to_pay_minor)

    @property
    def owed(self) -> tuple[LineSums, ...]:
        """The lines of which something is owed back; of a seat that is settled these are its open claims."""
        return tuple(line for line in self.lines if line.owed_minor)

    @property
    def told_as(self) -> str:
        """The event of settling the seat as it stands: its State is asked for something, or it is not."""
        asked = any(line.owes == Owes.STATE for line in self.owed)
        return "participation.seats_claimed" if asked else "participation.seats_settled"

    def total(self, name: str) -> int:
        """The sum of one amount of the lines (`estimate_minor`, `due_minor`, …)."""
        return sum(getattr(line, name) or 0 for line in self.lines)

    @property
    def back_minor(self) -> int:
        """What came back to the pledges, by the ledger; while the seat is open with what will once it is settled."""
        return self.came_back_minor + max(0, self.held_minor - self.total("to_pay_minor"))


def of_session(session_id: int, actor: Actor, *where: Any) -> list[Settling]:
    """The seats of a session that are settled or can be, by State; four statements."""
    stands = Seat.status.in_((*SETTLED_FROM, SeatStatus.SETTLED))
    found = _found(R.session_id == session_id, stands, may_name(actor), *where, described=may_describe(actor))
    return [one for one in found if one.is_open or one.is_settled]


def every_seat(session_id: int, actor: Actor) -> list[Settling]:
    """All seats of a session, wherever they stand, by State; four statements."""
    return _found(R.session_id == session_id, may_name(actor), described=may_describe(actor))


def of_request(request_id: int) -> list[Settling]:
    """The seats of a request that the reader may see; four statements."""
    return _found(Seat.request_id == request_id, described=sa.true())


def get(public_id: uuid.UUID, actor: Actor) -> Settling:
    """One seat. Raises NotFound, also when the actor may not know its request."""
    found = _found(Seat.public_id == public_id, may_name(actor), described=may_describe(actor))
    if not found:
        raise NotFound
    return found[0]


def get_by_id(seat_id: int) -> Settling:
    """One seat by its row's id, for acts that asked for its rule already."""
    return _found(Seat.id == seat_id, described=sa.true())[0]


def with_ids(seat_ids: Collection[int]) -> dict[int, Settling]:
    """Seats by their rows' ids, for acts."""
    return {one.seat.id: one for one in _found(Seat.id.in_(seat_ids), described=sa.true())}


def people(*ids: int | None) -> dict[int, str]:
    """Names by the ids of people."""
    found = sa.select(Person.id, Person.name).where(Person.id.in_({one for one in ids if one is not None}))
    return {row.id: row.name for row in db.session.execute(found)}


def _found(*where: Any, described: sa.ColumnElement[bool]) -> list[Settling]:
    rows_of_it = (Seat, Delegate, R, Organisation.state_iso3, Settlement, SeatTravel, unanswered())
    statement = (
        sa.select(*rows_of_it, described.label("described"))
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Settlement, Settlement.seat_id == Seat.id)
        .outerjoin(SeatTravel, sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id))
        .where(*where)
        .order_by(Organisation.state_iso3, R.id, Seat.number)
        .execution_options(populate_existing=True)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        return []
    ids = [row[0].id for row in rows]
    lines, paid, due = _lines(ids), _payments(ids), _due(ids)
    return [
        Settling(
            *row[:7],
            bool(row.described),
            sums(row[0], lines[row[0].id], paid, due.get(row[0].id, {})),
            references(lines[row[0].id], paid),
            allocations(lines[row[0].id]),
            *held_and_back(lines[row[0].id]),
        )
        for row in rows
    ]


def _lines(seat_ids: Sequence[int]) -> dict[int, list[Any]]:
    """The lines that the fund pays, in the order in which they are shown, further shares behind the first, with what
    stands on the accounts of the allocation that pays each."""
    held, paid = aliased(LedgerAccount), aliased(LedgerAccount)
    statement = (
        sa.select(
            *(SeatLine.id, SeatLine.seat_id, SeatLine.kind, SeatLine.number),
            *(SeatLine.estimate_minor, SeatLine.approved_minor, Allocation.public_id, Allocation.status),
            *(Allocation.amount_minor, held.balance_minor.label("held"), paid.balance_minor.label("paid")),
        )
        .outerjoin(Allocation, Allocation.id == SeatLine.allocation_id)
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == AccountKind.HELD))
        .outerjoin(paid, sa.and_(paid.allocation_id == Allocation.id, paid.kind == AccountKind.PAID))
        .where(SeatLine.seat_id.in_(seat_ids), SeatLine.payer == Payer.FUND)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(db.session.execute(statement), key=lambda row: (_ORDER[row.kind], row.number)):
        found[row.seat_id].append(row)
    return found


def _payments(seat_ids: Sequence[int]) -> dict[int, list[Any]]:
    """What was paid and recovered of each line and not reversed, in order, by the line's row."""
    reversal = aliased(Act)
    statement = (
        sa.select(
            *(Disbursement.seat_line_id, Disbursement.direction, Disbursement.amount_minor),
            *(Disbursement.payee_kind, Act.external_reference),
        )
        .join(Act, Act.id == Disbursement.act_id)
        .join(SeatLine, SeatLine.id == Disbursement.seat_line_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(SeatLine.seat_id.in_(seat_ids), reversal.id.is_(None))
        .order_by(Disbursement.id)
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(statement):
        found[row.seat_line_id].append(row)
    return found


def _due(seat_ids: Sequence[int]) -> dict[int, dict[str, SettlementLine]]:
    found: dict[int, dict[str, SettlementLine]] = defaultdict(dict)
    rows = sa.select(SettlementLine).where(SettlementLine.seat_id.in_(seat_ids))
    for row in db.session.scalars(rows.execution_options(populate_existing=True)):
        found[row.seat_id][row.kind] = row
    return found
