"""What the travel desk shows of a session's journeys: by what is missing, and by name."""

from collections.abc import Callable

from tracker.languages.choosing import current_language
from tracker.languages.marking import N_
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import Lack
from tracker.participation.travel.queries import Travelling
from tracker.reference.names import state_name
from tracker.search.folding import flatten

Filter = Callable[[Travelling], bool]
FILTERS: dict[str, tuple[str, Filter]] = {
    "": (N_("All"), lambda one: True),
    "missing": (N_("Something missing"), lambda one: bool(one.missing)),
    "no_ticket": (N_("No ticket"), lambda one: one.lacks(Lack.TICKET)),
    "visa": (N_("Visa"), lambda one: one.lacks(Lack.VISA)),
    "payee": (N_("Payee number"), lambda one: one.lacks(Lack.PAYEE)),
    "on_arrival": (N_("On arrival"), lambda one: one.record is not None and one.record.on_arrival),
    "travelled": (N_("Travelled"), lambda one: one.status is SeatStatus.TRAVELLED),
    "ready": (N_("Nothing missing"), lambda one: not one.missing),
}


def is_meant(one: Travelling, sought: str) -> bool:
    """Whether somebody is found by their name, their State or the number of their ticket."""
    if not sought:
        return True
    number = one.record.ticket_number if one.record else None
    state = state_name(one.iso3, current_language()) if one.iso3 else ""
    said = f"{one.name} {state} {number or ''}" if one.described else one.name
    return flatten(sought) in flatten(said)
