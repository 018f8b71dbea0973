"""What stands around the figures of a pledge's statement: its first day, its plans, what its money was used for."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from tracker.calendar.working_days import day_of
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges import queries as pledges
from tracker.pledges.models import Act, Allocation, Pledge
from tracker.pledges.queries import Use
from tracker.rights.actor import Actor
from tracker.statements.periods import Period


def first_day_of(pledge: Pledge) -> date:
    """The day on which its ledger began, that of its acceptance. Raises NotFound where there is none."""
    began = db.session.scalar(sa.select(Act.at).where(Act.pledge_id == pledge.id, Act.number == 1))
    if began is None:
        raise NotFound
    return day_of(began)


def planned_on(pledge_id: int, period: Period) -> tuple[int, int]:
    """(how many allocations of a pledge waited for their approval at a period's end, what they are together)."""
    ends_at = period.ends_at
    row = db.session.execute(
        sa.select(sa.func.count(Allocation.id), sa.func.coalesce(sa.func.sum(Allocation.amount_minor), 0)).where(
            Allocation.pledge_id == pledge_id,
            Allocation.seat_id.is_(None),
            Allocation.planned_at < ends_at,
            sa.or_(Allocation.approved_at.is_(None), Allocation.approved_at >= ends_at),
            sa.or_(Allocation.ended_at.is_(None), Allocation.ended_at >= ends_at),
        )
    ).one()
    return row[0], int(row[1])


def uses_of(pledge: Pledge, actor: Actor) -> list[Use]:
    """What its allocations pay for, as the reader may know it."""
    return pledges.uses_of_pledge(pledge, actor)


def uses_on_paper(pledge: Pledge) -> list[Use]:
    """The same as its donor may know it, without the titles that States agreed to show: what was agreed to can be
    taken back, what was issued cannot."""
    donor = Actor(organisation_id=pledge.donor_id, roles=frozenset({"donor_officer"}))
    return [replace(use, title="") for use in pledges.uses_of_pledge(pledge, donor)]
