"""What can be paid for a line of a seat: its own money, and for the ticket what the other lines leave."""

import pytest

from tracker.pledges.seat_lines import LineMoney, payable


def line(kind: str, approved: int, paid: int = 0, *, over: bool = False) -> LineMoney:
    return LineMoney(hash(kind), kind, approved, approved, paid, over)


FARE, ALLOWANCE = line("fare", 100), line("allowance", 80)
REOPENED = line("allowance", 100, 60)
WAYS = {
    "a line takes what is approved for it": (ALLOWANCE, [FARE, ALLOWANCE], 180, 80),
    "a balance follows an advance": (line("allowance", 80, 60), [FARE, line("allowance", 80, 60)], 120, 20),
    "what is still to be paid is not the ticket's": (FARE, [FARE, ALLOWANCE], 180, 100),
    "the contingency is the ticket's": (FARE, [FARE, ALLOWANCE, line("contingency", 10)], 190, 110),
    "so is what the balance of a line left": (FARE, [FARE, line("allowance", 80, 70, over=True)], 110, 110),
    "a ticket in two parts uses it once": (
        *(line("fare", 100, 105), [line("fare", 100, 105), line("contingency", 10)], 5, 5),
    ),
    "what the ticket used is gone for the others": (
        *(line("contingency", 10), [line("fare", 100, 106), line("contingency", 10)], 4, 4),
    ),
    "a balance taken back after the ticket used its rest leaves another line its money": (
        *(REOPENED, [line("fare", 50, 70), REOPENED, line("visa", 10)], 30, 20),
    ),
    "no more than is held": (FARE, [FARE, line("contingency", 10)], 90, 90),
    "never less than nothing": (line("fare", 100, 112), [line("fare", 100, 112), line("contingency", 10)], 0, 0),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_a_line_can_take(way):
    asked, lines, held, most = WAYS[way]
    assert payable(asked, lines, held) == most
