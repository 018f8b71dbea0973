"""Women and men in the seats that pledges pay. Seats are of a room above, which counts; until one does, none are."""

from collections.abc import Callable, Collection, Mapping

from tracker.pledges.women import Counted

Count = Callable[[Collection[int]], Mapping[int, Counted]]
_counts: list[Count] = []


def register(count: Count) -> None:
    """Let a room count: given ids of pledges, it says of each who sits in the seats that it pays."""
    if count not in _counts:
        _counts.append(count)


def counted(pledge_ids: Collection[int]) -> dict[int, Counted]:
    """Who sits in the seats that these pledges pay, in one statement; a pledge that pays none is in it, too."""
    found = {pledge_id: Counted() for pledge_id in pledge_ids}
    for count in _counts if found else ():
        found |= count(list(found))
    return found
