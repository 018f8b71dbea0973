"""What proves payments to the accounts of people. It is kept for each payment as it is recorded, because somebody can
name another account afterwards; it goes where the payment is reversed, and years later by itself."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
import structlog

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.database.transactions import update_where
from tracker.extensions import db
from tracker.participation.papers.lifecycle import EVIDENCE_IS_KEPT_YEARS, Paper, PaysBy, months_after
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.papers.services.keeping import holder_of, place_of
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.seats.models import Seat
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.models import Act, Disbursement, SeatLine
from tracker.rights.actor import Actor
from tracker.sealing.envelopes import Unreadable
from tracker.sealing.services import Erased, seal, unseal

D = DelegatePapers
Entry = dict[str, Any]
TO_AN_ACCOUNT = ("delegate", "bank_transfer")
"""Who is paid and how, where the money goes to the account that somebody named (`pledges.lifecycle`)."""
log = structlog.get_logger()


def keep_what_proves(payment: Any, _allocation: Any, _actor: Actor) -> None:
    """A payment was recorded: keep the account of whoever sits in the seat now. A key that is not there keeps no
    payment out of the books; the account is kept when all else is erased, then."""
    if payment.seat_line_id is None or (payment.payee_kind, payment.method) != TO_AN_ACCOUNT:
        return
    row = db.session.execute(
        sa.select(D.delegate_id, D.payment_on)
        .join(Seat, Seat.delegate_id == D.delegate_id)
        .join(SeatLine, SeatLine.seat_id == Seat.id)
        .where(SeatLine.id == payment.seat_line_id, SeatLine.kind.in_(ON_ARRIVAL_LINES), D.bank.is_not(None))
        .with_for_update(of=D)
    ).one_or_none()
    if row is None:
        return
    delegate_id, named_on = row
    value_date = db.session.scalars(sa.select(Act.value_date).where(Act.id == payment.act_id)).one()
    paid = [(payment.id, value_date)]
    try:
        _keep(delegate_id, [*entries_of(delegate_id), *_of_the_account(delegate_id, named_on, paid)])
    except (Unreadable, Erased):
        log.exception("what proves a payment was not kept", disbursement_id=payment.id)


def forget_what_was_reversed(payment: Any, allocation: Any, _actor: Actor) -> None:
    """A payment was reversed: it was none, and nothing of it is proved. A key that is not there keeps no reversal out
    of the books."""
    sat = sa.select(Seat.delegate_id).where(Seat.id == allocation.seat_id)
    travelled = sa.select(SeatTravel.delegate_id).where(SeatTravel.seat_id == allocation.seat_id)
    kept = sa.select(D.delegate_id).where(D.evidence.is_not(None), D.delegate_id.in_(sat.union(travelled)))
    for delegate_id in db.session.scalars(kept.with_for_update(of=D)).all():
        try:
            _forget(delegate_id, payment.id)
        except (Unreadable, Erased):
            log.exception("what proved a reversed payment was not taken away", disbursement_id=payment.id)


def _forget(delegate_id: int, payment: int) -> None:
    entries = entries_of(delegate_id)
    left = [entry for entry in entries if entry["payment"] != payment]
    if len(left) < len(entries):
        _keep(delegate_id, left)


def keep_until_the_end(papers: DelegatePapers) -> None:
    """Everything else is erased now: what proves is kept for years from here on, also of payments by which nothing was
    kept and before which the account was named that is there."""
    entries = entries_of(papers.delegate_id)
    later = _unproved(papers, {entry["payment"] for entry in entries})
    if entries or later:
        _keep(papers.delegate_id, [*entries, *_of_the_account(papers.delegate_id, papers.payment_on, later)])


def entries_of(delegate_id: int) -> list[Entry]:
    """What is kept of somebody's account, a part for each payment by its id. Raises Erased and Unreadable."""
    sealed = db.session.scalar(sa.select(D.evidence).where(D.delegate_id == delegate_id))
    if sealed is None:
        return []
    found: dict[str, Any] = unseal(place_of("evidence", delegate_id), holder_of(delegate_id), sealed)
    # Before it was kept for each payment, it was one account of all.
    entries: list[Entry] = found.get("payments", [{"payment": None, **found}])
    return entries


def _keep(delegate_id: int, entries: list[Entry]) -> None:
    sealed = seal(place_of("evidence", delegate_id), holder_of(delegate_id), {"payments": entries}) if entries else None
    until = months_after(today(), 12 * EVIDENCE_IS_KEPT_YEARS) if entries else None
    update_where(D, D.delegate_id == delegate_id, evidence=sealed, evidence_until=until)


def _of_the_account(delegate_id: int, named_on: date | None, payments: Sequence[tuple[int, date]]) -> list[Entry]:
    """The account that is there now, for each of these payments with its value date: who holds it where, and its last
    four signs; `late` where it was named on that day or since, so that the money may have gone elsewhere."""
    if not payments:
        return []
    account = contents_of(delegate_id, [Paper.PAYMENT])[Paper.PAYMENT]
    proves = {name: account[name] for name in ("holder", "bank", "currency")}
    proves["ends_with"] = (account["iban"] or account["account"])[-4:]
    return [{"payment": paid, "late": named_on is None or named_on >= on, **proves} for paid, on in payments]


def _unproved(papers: DelegatePapers, proved: set[Any]) -> list[tuple[int, date]]:
    """Payments with their value dates to whoever sits in their seat of which nothing is kept, made since they named the
    account that is there; none where what was kept before was one account of all."""
    if papers.pays_by != PaysBy.TRANSFER or None in proved:
        return []
    paid = _payments_to(papers.delegate_id)
    return [(payment, on) for payment, on, at in paid if payment not in proved and _since(papers, at)]


def _since(papers: DelegatePapers, on: date) -> bool:
    return papers.payment_on is not None and papers.payment_on <= on


def _payments_to(delegate_id: int) -> list[tuple[int, date, date]]:
    """Payments to an account in the seats of somebody that were not reversed, with their value dates and the days of
    their acts."""
    reversed_ = sa.select(Act.reverses_id).where(Act.reverses_id == Disbursement.act_id).correlate(Disbursement)
    rows = db.session.execute(
        sa.select(Disbursement.id, Act.value_date, Act.at)
        .join(Act, Act.id == Disbursement.act_id)
        .join(SeatLine, SeatLine.id == Disbursement.seat_line_id)
        .join(Seat, Seat.id == SeatLine.seat_id)
        .where(Seat.delegate_id == delegate_id, SeatLine.kind.in_(ON_ARRIVAL_LINES), ~reversed_.exists())
        .where(Disbursement.direction == "paid")
        .where(Disbursement.payee_kind == TO_AN_ACCOUNT[0], Disbursement.method == TO_AN_ACCOUNT[1])
        .order_by(Disbursement.id)
    )
    return [(payment, on, day_of(at)) for payment, on, at in rows]
