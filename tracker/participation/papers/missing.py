"""What of a person's papers is missing, by its name, for the request's page of the State."""

from collections.abc import Iterable
from typing import Any

from tracker.costs.lines import Payer
from tracker.participation.lifecycle import NOBODY
from tracker.participation.papers.lifecycle import Paper, asked, missing
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.support.terms import Support

WAITS = (SeatStatus.CONFIRMED, SeatStatus.TICKETED)
"""Where a seat stands whose journey is to come."""


def papers_missing(one: Any, support: Support | None, lines: Iterable[Any]) -> tuple[Paper, ...]:
    """What is missing of whoever sits in a seat (`offers.queries.Offered`), with the seat's lines and who pays them."""
    if support is None or one.seat.status not in WAITS or (one.papers and one.papers.erased_on):
        return ()
    visa_days = 0 if one.person.payer_visa == NOBODY else support.days_for_visa(one.person.nationality_iso3)
    paid = {line.kind for line in lines if line.payer == Payer.FUND}
    counted = one.papers.counted if one.papers else {}
    return missing(asked(visa_days=visa_days, paid_lines=paid, on_arrival=bool(one.on_arrival)), counted)
