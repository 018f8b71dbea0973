"""Issued statements of a pledge, and which steps the next one carries."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges.models import Act, Pledge
from tracker.statements.models import IssuedStatement
from tracker.statements.periods import Period, day_after
from tracker.statements.queries.ledger import Steps
from tracker.statements.queries.pledges import first_day_of


@dataclass(frozen=True, slots=True)
class Next:
    """The statement that would be issued next: its number, its first day, and the last step of the one before it."""

    number: int
    first: date
    after: int


def issued_of(pledge_id: int) -> list[IssuedStatement]:
    """The issued statements of a pledge, the newest first."""
    mine = sa.select(IssuedStatement).where(IssuedStatement.pledge_id == pledge_id)
    return list(db.session.scalars(mine.order_by(IssuedStatement.number.desc())))


def get_issued(pledge: Pledge, number: int) -> IssuedStatement:
    """One of them; raises NotFound."""
    mine = sa.select(IssuedStatement).where(IssuedStatement.pledge_id == pledge.id, IssuedStatement.number == number)
    if (found := db.session.scalars(mine).one_or_none()) is None:
        raise NotFound
    return found


def pdf_of(statement: IssuedStatement) -> bytes:
    """The paper of an issued statement, as it was issued."""
    return db.session.scalars(sa.select(IssuedStatement.pdf).where(IssuedStatement.id == statement.id)).one()


def next_of(pledge: Pledge) -> Next:
    """What follows the last one that was issued; the first begins on the day of acceptance."""
    last = next(iter(issued_of(pledge.id)), None)
    if last is None:
        return Next(1, first_day_of(pledge), 0)
    return Next(last.number + 1, day_after(last.last_on), last.until)


def steps_to(pledge: Pledge, following: Next, last: date) -> Steps:
    """The steps of the next statement if it ends on a day: up to the first one that was posted later."""
    period = Period(following.first, last)
    later = sa.select(sa.func.min(Act.number)).where(Act.pledge_id == pledge.id, Act.at >= period.ends_at)
    first_later = db.session.scalar(later)
    until = pledge.acts_posted if first_later is None else first_later - 1
    return Steps(period, following.number == 1, following.after, max(until, following.after))


def steps_of(statement: IssuedStatement) -> Steps:
    """The steps that an issued statement carries."""
    period = Period(statement.first_on, statement.last_on)
    return Steps(period, statement.number == 1, statement.after, statement.until)
