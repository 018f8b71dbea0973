"""The share of women among the seats that a pledge pays: of those who said it, the whole part. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.pledges.earmarks import EARMARKS, Rule


@dataclass(frozen=True, slots=True)
class Counted:
    """Seats of people who said whether they are a woman or a man: how many are women's, how many there are."""

    women: int = 0
    stated: int = 0

    def keeps(self, percent: int) -> bool:
        """Whether at least the whole part of so many per cent are women's."""
        return self.women >= self.stated * percent // 100

    def room(self, percent: int) -> int:
        """How far a share is kept: not below 0 while it is. A man takes `percent` of it, a woman adds what is left of
        100."""
        return 100 * self.women + 99 - percent * self.stated

    def also(self, is_woman: bool | None) -> "Counted":
        """With the seat of one more; None: it is not said."""
        if is_woman is None:
            return self
        return Counted(self.women + is_woman, self.stated + 1)


NOBODY = Counted()


def least_of(rules: Iterable[Rule]) -> int | None:
    """The share of women, in per cent, that earmarks ask for; None where they ask for none."""
    asked = [rule.share_bp // 100 for rule in rules if EARMARKS[rule.rule].least and rule.share_bp is not None]
    return max(asked, default=None)
