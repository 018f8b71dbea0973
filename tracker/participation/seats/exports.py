"""The seats that a pledge paid as a list to be taken away: of a strictly confidential request the amounts alone."""

from dataclasses import replace

from tracker.assistance.lifecycle import Marking
from tracker.documents.lists import Filters, Line, Listed, ListKind
from tracker.languages.marking import lazy
from tracker.participation.seats.presenting import seats_table
from tracker.participation.seats.queries import PaidSeat, seats_paid_by
from tracker.pledges.blueprint import SEES_PLEDGES
from tracker.pledges.exports import opened, pledge_of
from tracker.rights.actor import Actor


def _seats(actor: Actor, parts: Filters, limit: int) -> Listed:
    pledge = pledge_of(actor, parts)
    seats = [_as_it_leaves(seat) for seat in seats_paid_by(pledge, actor)[:limit]]
    table = seats_table(seats)
    found = tuple(Line(cells, seat.marking) for cells, seat in zip(table.rows, seats, strict=True))
    return Listed(table.columns, _with_amounts_alone(found), titled=pledge.reference)


def _as_it_leaves(seat: PaidSeat) -> PaidSeat:
    return replace(seat, described=False) if seat.marking == Marking.STRICTLY_CONFIDENTIAL else seat


def _with_amounts_alone(found: tuple[Line, ...]) -> tuple[Line, ...]:
    """What stands with its amounts alone leaves."""
    return tuple(replace(one, marking="") if one.marking == Marking.STRICTLY_CONFIDENTIAL else one for one in found)


EXPORTED = (
    ListKind(
        "paid-seats",
        lazy("Seats that it paid"),
        "pledges.show",
        SEES_PLEDGES,
        _seats,
        opens=opened,
        filters=("public_id",),
    ),
)
