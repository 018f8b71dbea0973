"""What donors promised and what was set aside so far, for everyone to see."""

from dataclasses import dataclass

import sqlalchemy as sa

from tracker.extensions import db
from tracker.money import to_usd
from tracker.now import today
from tracker.pledges.lifecycle import Origin, Status
from tracker.pledges.models import Pledge, RequestFunding
from tracker.reference.queries import NoRate, rate_for


@dataclass(frozen=True, slots=True)
class PublicTotals:
    """In US cents; other currencies count at today's rate. `donors` is how many organisations stand behind it."""

    pledged_minor: int
    donors: int
    allocated_minor: int


def public_totals() -> PublicTotals:
    """Accepted pledges and approved allocations. Pledges taken over from other funds' lists do not count."""
    ours = (Pledge.status.in_([Status.ACCEPTED, Status.CLOSED]), Pledge.origin != Origin.IMPORTED)
    rows = db.session.execute(
        sa.select(Pledge.currency, sa.func.sum(Pledge.amount_minor)).where(*ours).group_by(Pledge.currency)
    ).all()
    donors, allocated = db.session.execute(
        sa.select(
            sa.select(sa.func.count(sa.distinct(Pledge.organisation_id))).where(*ours).scalar_subquery(),
            sa.select(sa.func.coalesce(sa.func.sum(RequestFunding.allocated_minor), 0)).scalar_subquery(),
        )
    ).one()
    return PublicTotals(sum(_in_usd(int(minor), currency) for currency, minor in rows), donors, int(allocated))


def _in_usd(minor: int, currency: str) -> int:
    try:
        return to_usd(minor, currency, rate_for(currency, today(), nearest=True).units_per_usd)
    except NoRate:
        return 0
