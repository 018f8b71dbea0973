"""Women and men in the seats that pledges pay. Seats are of a room above, which counts; until one does, none are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.earmarks import rules_of
from tracker.pledges.models import Pledge
from tracker.pledges.women import Counted, least_of

Count = Callable[[Collection[int]], Mapping[int, Counted]]
HasMan = Callable[[int], bool]
_counts: list[Count] = []
_men: list[HasMan] = []


def register(count: Count, has_man: HasMan) -> None:
    """Let a room count: given ids of pledges, it says of each who sits in the seats that it pays; given the id of a
    seat, whether it is a man's."""
    if count not in _counts:
        _counts.append(count)
        _men.append(has_man)


def counted(pledge_ids: Collection[int]) -> dict[int, Counted]:
    """Who sits in the seats that these pledges pay, in one statement; a pledge that pays none is in it, too."""
    found = {pledge_id: Counted() for pledge_id in pledge_ids}
    for count in _counts if found else ():
        found |= count(list(found))
    return found


def against_part(pledge: Pledge, seat_id: int) -> Any:
    """Why a pledge cannot pay a part of a seat that it does not pay already, in a sentence: it is a man's, and the
    share of women that the pledge asks for would not hold. None where it can."""
    percent = least_of(rules_of(pledge.earmarks))
    if percent is None or not any(has_man(seat_id) for has_man in _men):
        return None
    return broken_with_man(counted([pledge.id])[pledge.id], percent)


def broken_with_man(sitting: Counted, percent: int) -> Any:
    """That one more seat of a man breaks a share, in a sentence; None where it holds."""
    after = sitting.also(False)
    if after.keeps(percent):
        return None
    return lazy(
        "With this seat women would have %(women)s of %(stated)s of its seats, of those who said it: it asks for "
        "%(percent)s per cent, and pays no part of a man’s seat then.",
        women=after.women,
        stated=after.stated,
        percent=percent,
    )
