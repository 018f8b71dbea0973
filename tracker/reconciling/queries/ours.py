"""The steps of the ledger that a finance system knows, too: money that came in, went out, came back."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.money import FUND_CURRENCY
from tracker.participation.seats.models import Seat
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Disbursement, LedgerAccount, Pledge, Receipt, SeatLine, Transfer

OUT = ("disburse", "refund", "return")
KNOWN_THERE = (*OUT, "receipt", "recover")
OF_REQUESTS = ("disburse", "recover")


def _to_the_donor() -> sa.ScalarSelect[int]:
    target = aliased(LedgerAccount)
    return (
        sa.select(sa.func.sum(Transfer.amount_minor))
        .join(target, target.id == Transfer.to_account_id)
        .where(Transfer.act_id == Act.id, target.kind == AccountKind.DONOR)
        .correlate(Act)
        .scalar_subquery()
    )


def _payee() -> sa.ScalarSelect[str]:
    """The payee's number of whoever sits in the seat that was paid for, where they themselves were paid."""
    same = SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id
    return (
        sa.select(SeatTravel.payee_number)
        .join(Seat, sa.and_(*same))
        .join(SeatLine, SeatLine.seat_id == Seat.id)
        .where(SeatLine.id == Disbursement.seat_line_id, Disbursement.payee_kind == "delegate")
        .correlate(Disbursement)
        .scalar_subquery()
    )


def ours() -> sa.Select[*tuple[Any, ...]]:
    """Each such step with what both sides must say alike, and whether it was taken back. Act and Pledge can be asked
    about further."""
    reversal = aliased(Act)
    amount = sa.func.coalesce(Receipt.amount_minor, Disbursement.amount_minor, _to_the_donor())
    return (
        sa.select(
            Act.id.label("act_id"),
            Act.public_id.label("act_public_id"),
            Act.number,
            Act.name,
            Act.pledge_id,
            Act.actor_person_id,
            Pledge.public_id.label("pledge_public_id"),
            Pledge.reference.label("pledge_reference"),
            sa.func.coalesce(Act.external_reference, "").label("reference"),
            Act.value_date.label("day"),
            sa.cast(amount, sa.BigInteger).label("amount_minor"),
            sa.case((Act.name.in_(OF_REQUESTS), FUND_CURRENCY), else_=Pledge.currency).label("currency"),
            sa.case((Act.name.in_(OUT), sa.true()), else_=sa.false()).label("is_out"),
            sa.func.coalesce(_payee(), "").label("payee"),
            sa.case((reversal.id.is_(None), sa.false()), else_=sa.true()).label("is_reversed"),
        )
        .select_from(Act)
        .join(Pledge, Pledge.id == Act.pledge_id)
        .outerjoin(Receipt, Receipt.act_id == Act.id)
        .outerjoin(Disbursement, Disbursement.act_id == Act.id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(Act.name.in_(KNOWN_THERE))
    )
