"""The share of women that pledges ask for among their seats, kept when seats are given."""

from collections.abc import Collection, Mapping, Sequence
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
from tracker.pledges.seat_people import broken_with_man
from tracker.pledges.services.seats import Moved
from tracker.pledges.women import Counted, least_of


def must_keep_shares(given: Sequence[tuple[int, Sequence[int]]]) -> None:
    """Raise Moved, a sentence for each pledge, where a seat that was given now would leave fewer women than a pledge
    asks for that pays a part of it.

    `given` are people in the order of their seats, each with the pledges of the seat, first the one that pays the fare:
    the seat counts with that one. Where a share stands below already, because a State named somebody else, seats of
    women are given and none of men.
    """
    said = sa.select(Delegate.id, Delegate.gender).where(
        Delegate.id.in_([who for who, _ in given]), Delegate.gender != Gender.NOT_STATED
    )
    women = {row.id: row.gender == Gender.WOMAN for row in db.session.execute(said)}
    seats = [(women[who], pledges) for who, pledges in given if who in women]
    asking = _asking({pledge_id for is_woman, pledges in seats if not is_woman for pledge_id in pledges})
    sitting = _before([(is_woman, pledges[0]) for is_woman, pledges in seats if pledges], asking)
    broken: dict[int, Any] = {}
    for is_woman, pledges in seats:
        for pledge_id in asking.keys() & set(pledges) if not is_woman else ():
            against = broken_with_man(sitting[pledge_id], _percent(asking[pledge_id]))
            if against is not None:
                said_so = lazy("%(pledge)s: %(reason)s", pledge=asking[pledge_id].reference, reason=against)
                broken.setdefault(pledge_id, said_so)
        for pledge_id in asking.keys() & set(pledges[:1]):
            sitting[pledge_id] = sitting[pledge_id].also(is_woman)
    if broken:
        raise Moved(broken[pledge_id] for pledge_id in sorted(broken))


def _before(given: Sequence[tuple[bool, int]], asking: Mapping[int, Pledge]) -> dict[int, Counted]:
    """Who sat in the seats of pledges before these were given."""
    found = {pledge_id: Counted() for pledge_id in asking} | (sitting_in_seats_of(list(asking)) if asking else {})
    for is_woman, pledge_id in given:
        if pledge_id in found:
            now = found[pledge_id]
            found[pledge_id] = Counted(now.women - is_woman, now.stated - 1)
    return found


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
        if not sitting.keeps(_percent(pledges[pledge_id]))
    ]


def _percent(pledge: Pledge) -> int:
    return least_of(rules_of(pledge.earmarks)) or 0


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
        percent=_percent(pledge),
    )
