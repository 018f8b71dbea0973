"""The share of women that pledges ask for among their seats, kept when seats are given."""

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import Gender
from tracker.participation.models import Delegate
from tracker.participation.seats.queries import sitting_in_seats_of
from tracker.pledges.earmarks import rules_of
from tracker.pledges.lifecycle import Status
from tracker.pledges.models import Earmark, Pledge
from tracker.pledges.services.seats import Moved
from tracker.pledges.women import Counted, least_of


def must_keep_shares(given: Mapping[int, int]) -> None:
    """Raise Moved, a sentence for each pledge, where seats that were given now leave fewer women than it asks for.

    `given` are people by id, each with the pledge that pays the fare. Where a share stands below already, because a
    State named somebody else, seats of women are given and none of men.
    """
    men = sa.select(Delegate.id).where(Delegate.id.in_(given), Delegate.gender == Gender.MAN)
    pledges = _asking({given[who] for who in db.session.scalars(men)})
    if broken := _broken(pledges):
        raise Moved(said_of(*one) for one in broken)


def below() -> list[Any]:
    """A sentence for each accepted pledge in whose seats fewer women sit than it asks for: a State named somebody else,
    or seats were given back. Nothing follows from it but that no man is given a seat from it until it is made up."""
    asking = sa.select(Earmark.pledge_id).where(Earmark.rule == "women")
    accepted = sa.select(Pledge.id).where(Pledge.status == Status.ACCEPTED, Pledge.id.in_(asking))
    pledges = _asking(db.session.scalars(accepted).all())
    return [said_of(*one) for one in _broken(pledges)]


def below_of(pledge: Pledge) -> Any:
    """The same of one pledge; None where it asks for no women, or they sit there."""
    if least_of(rules_of(pledge.earmarks)) is None:
        return None
    return next((said_of(*one) for one in _broken({pledge.id: pledge})), None)


def _broken(pledges: Mapping[int, Pledge]) -> list[tuple[Pledge, Counted]]:
    found = sitting_in_seats_of(list(pledges)) if pledges else {}
    return [
        (pledges[pledge_id], sitting)
        for pledge_id, sitting in sorted(found.items())
        if not sitting.keeps(least_of(rules_of(pledges[pledge_id].earmarks)) or 0)
    ]


def _asking(pledge_ids: Collection[int]) -> dict[int, Pledge]:
    rows = sa.select(Pledge).where(Pledge.id.in_(pledge_ids)).options(selectinload(Pledge.earmarks))
    pledges = db.session.scalars(rows.execution_options(populate_existing=True)) if pledge_ids else ()
    return {row.id: row for row in pledges if least_of(rules_of(row.earmarks)) is not None}


def said_of(pledge: Pledge, sitting: Counted) -> Any:
    """That fewer women sit in the seats of a pledge than it asks for."""
    return lazy(
        "%(pledge)s: women have %(women)s of %(stated)s of its seats, less than the %(percent)s per cent it asks for.",
        pledge=pledge.reference,
        women=sitting.women,
        stated=sitting.stated,
        percent=least_of(rules_of(pledge.earmarks)),
    )
