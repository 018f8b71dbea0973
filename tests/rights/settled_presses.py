"""How the buttons of settling are pressed."""

from tests.rights.press import Press

PRESSES = {
    "participation.enter_settlement": Press("travel_officer", {"lunch": "2", "remark": "Lunch was provided."}),
    "participation.settle_seat": Press("finance_officer"),
    "participation.write_off": Press("finance_officer", {"reason": "It cannot be had."}),
    "participation.enter_settlements": Press("travel_officer", on="/sessions/AHC-P8/settlements/enter?s={seat_over}"),
    "participation.settle_seats": Press("finance_officer", on="/sessions/AHC-P8/settlements/settle?s={seat_entered}"),
    "participation.close_session": Press("programme_manager"),
    "participation.end_without_seat": Press("programme_manager", {"rule": "One seat for each State."}),
}
