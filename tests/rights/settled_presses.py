"""How the buttons of settling are pressed."""

from datetime import timedelta

from tests.rights.press import Press
from tracker.calendar.now import today

FIRST_DAY = today() - timedelta(days=35)
"""Of the session that is over (`factories.settling.scene`)."""
LUNCH = {"provided": f"{FIRST_DAY.isoformat()}:lunch", "remark": "Lunch was provided."}

PRESSES = {
    "participation.begin_claim": Press("travel_officer"),
    "participation.ask_to_complete_claim": Press("travel_officer", {"what": "The name on the receipt is missing."}),
    "participation.enter_settlement": Press("travel_officer", LUNCH),
    "participation.settle_seat": Press("finance_officer"),
    "participation.write_off": Press("finance_officer", {"reason": "It cannot be had."}),
    "participation.enter_settlements": Press("travel_officer", on="/sessions/AHC-P8/settlements/enter?s={seat_over}"),
    "participation.settle_seats": Press("finance_officer", on="/sessions/AHC-P8/settlements/settle?s={seat_entered}"),
    "participation.close_session": Press("programme_manager"),
    "participation.end_without_seat": Press("programme_manager", {"rule": "One seat for each State."}),
}
