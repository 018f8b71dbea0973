"""What stands in the way of completing or withdrawing a request for participation: open seats, and claims."""

from typing import Any

from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy, one_text
from tracker.money import FUND_CURRENCY
from tracker.participation.seats.lifecycle import ENDED, SeatStatus
from tracker.participation.settling import queries


def register() -> None:
    """Called once by the application."""
    gate(Kind.PARTICIPATION, Action.COMPLETE, settled)
    gate(Kind.PARTICIPATION, Action.WITHDRAW, no_journey_is_open)


def no_journey_is_open(request: Any) -> dict[str, Any]:
    """The gate before withdrawing, which frees all money: what was travelled or missed is settled first, because bills
    may still come."""
    going = [
        one for one in queries.of_request(request.id) if one.seat.status in (SeatStatus.TRAVELLED, SeatStatus.NO_SHOW)
    ]
    names = ", ".join(one.person.name for one in going)
    sentence = lazy("These journeys were made or missed and are not settled yet: %(names)s.", names=names)
    return {"seats": sentence} if going else {}


def settled(request: Any) -> dict[str, Any]:
    """The gate before completing: every seat has ended, what was paid is settled, and nothing is owed any more."""
    found, problems = queries.of_request(request.id), {}
    going = [one for one in found if one.is_open or one.seat.status not in ENDED]
    if going:
        names = ", ".join(one.person.name for one in going)
        problems["seats"] = lazy("These seats are not settled yet: %(names)s.", names=names)
    owing = [one for one in found if one.is_settled and one.owed]
    if owing:
        problems["claims"] = one_text((lazy("This is owed still, recover it or write it off:"), *map(_owes, owing)))
    return problems


def _owes(one: queries.Settling) -> Any:
    amount = format_money(one.total("owed_minor"), FUND_CURRENCY)
    return lazy("%(name)s, %(amount)s.", name=one.person.name, amount=amount)
