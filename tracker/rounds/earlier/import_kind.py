"""Seats of earlier sessions as a kind of record on the import page."""

from tracker.imports.kinds import Kind
from tracker.languages.marking import N_
from tracker.rounds.earlier import imports, services
from tracker.rounds.earlier.columns import COLUMNS
from tracker.rounds.earlier.models import EarlierSeats

EARLIER = Kind(
    services.WHAT,
    N_("Seats of earlier sessions"),
    N_("Seats of earlier sessions (how many each State used, accounts settled or not): CSV or XLSX with our columns."),
    lands=N_(
        "The rows count from now on where a published rule prefers who was never funded, who had the fewest seats, or "
        "whose accounts are settled. A round that is signed already is signed anew."
    ),
    whose=N_("State"),
    roles=("programme_manager",),
    read=imports.read,
    examine=services.examine,
    take_over=services.import_seats,
    end=services.end_seats,
    model=EarlierSeats,
    columns=COLUMNS,
)
