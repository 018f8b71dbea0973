"""Which sums of estimates an import of rates or rules would move: session by session, of all who await a seat."""

from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from tracker.assistance.lifecycle import LIVE
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.costs import Book, Estimate
from tracker.extensions import db
from tracker.imports.report import Moved
from tracker.participation.estimating import estimates_of
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import AWAITS_A_SEAT
from tracker.participation.support.models import SessionSupport
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import Support
from tracker.reference.models import Session


def moved_estimates(before: Book, after: Book) -> Iterator[Moved]:
    """The sums that change, by session in the order of their first days; a session that has begun moves no more."""
    ahead = sa.or_(Session.starts_on.is_(None), Session.starts_on > today())
    statement = sa.select(Session.id).join(SessionSupport, SessionSupport.session_id == Session.id).where(ahead)
    for session_id in db.session.scalars(statement.order_by(Session.starts_on, Session.code)).all():
        support = support_of(session_id)
        people = _awaiting(session_id)
        if support is not None and people:
            yield from _of_session(people, support, before, after)


def _awaiting(session_id: int) -> Sequence[Delegate]:
    return db.session.scalars(
        sa.select(Delegate)
        .join(AssistanceRequest, AssistanceRequest.id == Delegate.request_id)
        .where(
            AssistanceRequest.session_id == session_id,
            AssistanceRequest.status.in_(LIVE),
            Delegate.removed_at.is_(None),
            Delegate.status.in_(AWAITS_A_SEAT),
        )
        .order_by(Delegate.id)
    ).all()


def _of_session(people: Sequence[Delegate], support: Support, before: Book, after: Book) -> Iterator[Moved]:
    old, new = (estimates_of(people, support, book=book) for book in (before, after))
    changed = [one.id for one in people if _sums(old[one.id]) != _sums(new[one.id])]
    if changed:
        now, then = [old[one] for one in changed], [new[one] for one in changed]
        yield Moved(support.code, len(changed), _sum(now), _sum(then), _incomplete(now), _incomplete(then))


def _sums(estimate: Estimate) -> tuple[int | None, int]:
    return estimate.from_fund, estimate.so_far


def _sum(estimates: Iterable[Estimate]) -> int:
    return sum(one.so_far for one in estimates)


def _incomplete(estimates: Iterable[Estimate]) -> int:
    return sum(not one.is_complete for one in estimates)
