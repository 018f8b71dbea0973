"""Who pays which lines of a seat: one pledge, or two by whole lines."""

from collections.abc import Sequence

from tracker.costs.lines import Payer
from tracker.database.canonical import canonical
from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.participation.seats.services import NewLine, NewSeat
from tracker.rounds.giving import Sitting
from tracker.rounds.means import split
from tracker.rounds.ordering import Person
from tracker.rounds.reading import Table


def second_lines(
    table: Table, sitting: Sitting, person: Person, pledges: Sequence[int], *, request_id: int
) -> tuple[str, ...]:
    """The lines that the second pledge pays: those that the first has no money for. Raises Invalid where there is no
    need of a second one, or where two cannot pay the seat by whole lines."""
    if len(pledges) < 2:
        return ()
    if len(set(pledges)) != len(pledges) or len(pledges) > 2:
        raise Invalid(fields={"second": lazy("Choose another pledge than the first.")})
    most = [table.means.most(sitting, pledge, request_id) for pledge in pledges]
    if person.estimate is not None and most[0] >= person.estimate:
        raise Invalid(fields={"second": lazy("The first pledge can pay the whole seat: no second one is needed.")})
    lines = split(table.means.costs[person.delegate_id], most[0], most[1])
    if lines is None:
        raise Invalid(fields={"second": lazy("These two cannot pay the seat by whole lines, the fare by the first.")})
    return lines


def new_seat(table: Table, request_id: int, delegate_id: int, pledges: Sequence[int], second: Sequence[str]) -> NewSeat:
    """The seat with its lines as they are estimated now; those in `second` are paid by the second pledge."""
    lines = tuple(
        NewLine(
            kind=line.kind,
            payer=line.payer,
            estimate_minor=line.value,
            pledge_id=pledges[-1 if line.kind.value in second else 0] if line.payer is Payer.FUND and pledges else None,
            parts=[canonical(part) for part in line.parts],
        )
        for line in table.estimates[delegate_id].lines
    )
    return NewSeat(request_id, delegate_id, lines)
