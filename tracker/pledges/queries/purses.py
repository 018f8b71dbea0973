"""What pledges have for the seats of a session: their cash, and what their earmarks and shares say of each request."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Organisation
from tracker.calendar.now import today
from tracker.extensions import db
from tracker.pledges import seat_people
from tracker.pledges.earmarks import Facts, Rule, Verdict, judge, rules_of
from tracker.pledges.lifecycle import AccountKind, Status
from tracker.pledges.models import Pledge
from tracker.pledges.queries.donors import donor_name
from tracker.pledges.queries.requests import sums_of, why_ended
from tracker.pledges.queries.shares import used_of_caps
from tracker.pledges.women import NOBODY, Counted, least_of


@dataclass(frozen=True, slots=True)
class Purse:
    """One accepted pledge: `cash` is what it can allocate now, `came` what it brought in so far, the whole that shares
    are of, `used` what each share has used (cents of the dollar). `ended` says why it gives nothing more; `sitting` are
    women and men in its seats, read only where an earmark asks for it."""

    id: int
    public_id: uuid.UUID
    reference: str
    donor: str
    cash: int
    came: int
    rules: tuple[Rule, ...]
    used: Mapping[Rule, int]
    ended: Any | None
    sitting: Counted = NOBODY

    def judge(self, facts: Facts, on: date, more: Mapping[Rule, int]) -> Verdict:
        """Whether its money suits a request on a day; `more` is what its shares will use beside what they have."""
        if self.ended is not None:
            return Verdict((self.ended,))
        used = {rule: self.used.get(rule, 0) + more.get(rule, 0) for rule in self.rules}
        return judge(self.rules, facts, on=on, received_minor=self.came, used=used)


def open_purses(also: Collection[int] = ()) -> dict[int, Purse]:
    """Every accepted pledge by its id, and those named in `also` however they stand; in three statements, and in a
    fourth where an earmark asks for women among its seats."""
    rows = db.session.execute(
        sa.select(Pledge, Organisation.name, Organisation.state_iso3)
        .join(Organisation, Organisation.id == Pledge.donor_id)
        .where(sa.or_(sa.and_(Pledge.status == Status.ACCEPTED, Pledge.acts_posted > 0), Pledge.id.in_(also)))
        .options(joinedload(Pledge.earmarks))
        .order_by(Pledge.ends_on, Pledge.id)
    ).unique()
    found = [(row.Pledge, donor_name(row.name, row.state_iso3), rules_of(row.Pledge.earmarks)) for row in rows]
    sums = sums_of([pledge.id for pledge, _, _ in found])
    used = used_of_caps((pledge.id, rules) for pledge, _, rules in found)
    sitting = seat_people.counted([pledge.id for pledge, _, rules in found if least_of(rules) is not None])
    return {
        pledge.id: Purse(
            id=pledge.id,
            public_id=pledge.public_id,
            reference=pledge.reference,
            donor=donor,
            cash=sums[pledge.id][AccountKind.AVAILABLE],
            came=sum(sums[pledge.id][kind] for kind in (AccountKind.AVAILABLE, AccountKind.HELD, AccountKind.PAID)),
            rules=rules,
            used=used.get(pledge.id, {}),
            ended=None if pledge.gives_on(today()) else why_ended(pledge),
            sitting=sitting.get(pledge.id, NOBODY),
        )
        for pledge, donor, rules in found
    }
