"""The card of claims on the request's page: what the State is asked for, why, and what became of it."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from tracker.assistance.lifecycle import Kind
from tracker.assistance.page.cards import Card, CardData
from tracker.extensions import db
from tracker.participation.seats.models import Seat
from tracker.participation.settling import queries
from tracker.participation.settling.lifecycle import Owes
from tracker.participation.settling.models import SettlementLine
from tracker.pledges.seat_lines import LINE_LABELS


def _claims(seen: CardData, _refused: None) -> Mapping[str, Any] | None:
    if seen.found.kind != Kind.PARTICIPATION or seen.found.submitted_at is None:
        return None
    raised = (
        sa.select(SettlementLine.seat_id, SettlementLine.kind, SettlementLine.owed_minor)
        .join(Seat, Seat.id == SettlementLine.seat_id)
        .where(Seat.request_id == seen.found.id, SettlementLine.owes == Owes.STATE)
        .order_by(Seat.number)
    )
    rows = db.session.execute(raised).all()
    if not rows:
        return None
    seats = queries.with_ids({row.seat_id for row in rows})
    told = [(seats[row.seat_id], row.kind, LINE_LABELS[row.kind], row.owed_minor) for row in rows]
    return {"rows": told}


CARDS = (Card("claims", 9, "participation/settling/_claims.html", _claims),)
