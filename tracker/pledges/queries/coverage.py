"""What a pledge is worth to requests, in the fund's currency: what came, and what is still expected."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tracker import money
from tracker.calendar.now import today
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Pledge
from tracker.pledges.queries.rates import Rate, rates_near


@dataclass(frozen=True, slots=True)
class Coverage:
    """In the fund's minor units, support cost off; `allocated_minor` is what of it is held or paid.

    `rate` is the one that values what is expected, None where nothing is.
    """

    came_minor: int
    expected_minor: int
    allocated_minor: int
    rate: Rate | None

    @property
    def whole_minor(self) -> int:
        """What requests can get from the pledge altogether."""
        return self.came_minor + self.expected_minor


def coverage_of(pledge: Pledge, sums: Mapping[str, int], rates: Mapping[str, Rate] | None = None) -> Coverage:
    """What a pledge covers, by the sums of its accounts (`sums_of`); `rates` are those of today, where read already.

    What came counts at the rates it came by, less what went back; charges are lost. What is expected counts at today's
    rate; where nothing is, no rate is read.
    """
    allocated = sums[AccountKind.HELD] + sums[AccountKind.PAID]
    came, expected = sums[AccountKind.AVAILABLE] + allocated, sums[AccountKind.EXPECTED]
    if not expected:
        return Coverage(came, 0, allocated, None)
    rate = (rates or rates_near([pledge.currency], today()))[pledge.currency]
    return Coverage(came, in_fund(pledge, expected, rate.units_per_usd)[0], allocated, rate)


def in_fund(pledge: Pledge, amount_minor: int, units_per_usd: Decimal) -> tuple[int, int]:
    """An amount in the pledge's currency as (for programmes, support cost) in the fund's; the two add up."""
    whole = money.to_usd(amount_minor, pledge.currency, units_per_usd)
    return money.split_support(whole, Decimal(pledge.support_rate_bp) / 100)
