"""Papers go 90 days after the settlement: the key is destroyed, and with it every copy of what was sealed under it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
import structlog

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.database.transactions import transaction, update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.participation.papers.lifecycle import Paper, erased_on
from tracker.participation.papers.models import DelegatePapers, PaperHandedIn
from tracker.participation.papers.services.keeping import COLUMNS, holder_of
from tracker.participation.papers.services.one_by_one import erase_one_by_one, record_erased
from tracker.participation.papers.services.proving import keep_until_the_end
from tracker.participation.seats.lifecycle import SeatStatus, awaits_settlement
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.queries.seat_money import SeatSums, sums_of_seats
from tracker.rights.actor import Actor
from tracker.sealing.columns import Purpose
from tracker.sealing.envelopes import Unreadable
from tracker.sealing.services import Erased, destroy

D = DelegatePapers
AT_ONCE = 500
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Sat:
    """A seat in which somebody sits or sat."""

    seat: Seat
    settled_on: date | None
    sits: bool
    money: SeatSums

    @property
    def over_on(self) -> date | None:
        """Since when nothing is to be done for them on it; None while something is. Somebody else sits in it now: that
        day is not known, what was handed in last comes before it."""
        if not self.sits:
            return date.min
        paid = sum(line.money.paid_minor for line in self.money.lines)
        if awaits_settlement(SeatStatus(self.seat.status), paid) or self.seat.ended_at is None:
            return None
        return self.settled_on or day_of(self.seat.ended_at)


def erase_what_is_over() -> int:
    """Erase the papers of everybody whose seat was settled, or ended with nothing to settle, 90 days ago; gives of how
    many."""
    return erase_one_by_one(D, D.erased_on.is_(None), erase_papers)


@verb(events=None)
def erase_papers(delegate_id: int, *, actor: Actor) -> int:
    """Destroy the key of what somebody handed in, once that is due; gives 1, or 0 where it is not. What proves payments
    stays, under a key of its own (`proving`)."""
    papers = db.session.scalars(
        sa.select(D).where(D.delegate_id == delegate_id, D.erased_on.is_(None)).with_for_update()
    ).one_or_none()
    sat = _seats_of(delegate_id)
    due = _due_on(delegate_id, sat)
    if papers is None or due is None or due > today():
        return 0
    _keep_what_proves(papers)
    destroy(holder_of(delegate_id), Purpose.JOURNEY)
    gone: dict[str, Any] = {"pays_by": None, "doubts": []}
    gone |= dict.fromkeys([*COLUMNS.values(), *(f"{paper.value}_on" for paper in Paper)])
    same = D.delegate_id == delegate_id, D.version == papers.version
    update_where(D, *same, version=D.version + 1, erased_on=today(), **gone)
    record_erased("participation.papers_erased", delegate_id, actor=actor)
    return 1


def _keep_what_proves(papers: DelegatePapers) -> None:
    """A key that is not there keeps nothing from being erased."""
    try:
        keep_until_the_end(papers)
    except (Unreadable, Erased):
        log.exception("what proves payments was not kept", delegate_id=papers.delegate_id)


def erase_old_evidence() -> int:
    """Destroy the keys of what proved payments, once nobody asks for it any more; gives of how many people."""
    with transaction() as session:
        old = session.scalars(sa.select(D.delegate_id).where(D.evidence_until < today()).limit(AT_ONCE)).all()
        for delegate_id in old:
            destroy(holder_of(delegate_id), Purpose.PAYMENT)
            update_where(D, D.delegate_id == delegate_id, evidence=None, evidence_until=None)
        return len(old)


def due_on(delegate_id: int, *later: date) -> date | None:
    """The day on which what somebody told us goes: their papers, and what belongs with them. None while that is not
    known; `later` are days on which something was told beside the papers."""
    return _due_on(delegate_id, _seats_of(delegate_id), later)


def _seats_of(delegate_id: int) -> list[_Sat]:
    travelled = sa.select(SeatTravel.seat_id).where(SeatTravel.delegate_id == delegate_id)
    rows = db.session.execute(
        sa.select(Seat, Settlement.settled_at)
        .outerjoin(Settlement, Settlement.seat_id == Seat.id)
        .where(sa.or_(Seat.delegate_id == delegate_id, Seat.id.in_(travelled)))
    ).all()
    sums: dict[int, SeatSums] = defaultdict(SeatSums, sums_of_seats([seat.id for seat, _at in rows]) if rows else {})
    return [_Sat(seat, day_of(at) if at else None, seat.delegate_id == delegate_id, sums[seat.id]) for seat, at in rows]


def _due_on(delegate_id: int, sat: list[_Sat], later: Sequence[date] = ()) -> date | None:
    """The day on which the papers of somebody go; None while that is not known."""
    ends = [one.over_on for one in sat]
    if None in ends:
        return None
    last = sa.select(sa.func.max(PaperHandedIn.at)).where(PaperHandedIn.delegate_id == delegate_id)
    handed_in = db.session.scalar(last)
    return erased_on([day for day in (*ends, *later, day_of(handed_in) if handed_in else None) if day])
