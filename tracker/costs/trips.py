"""A journey as its cost asks for it: where one starts, where the nights are spent, what is provided, which papers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Airport:
    """An airport by its IATA code, with degrees of latitude and longitude (WGS 84) and its country."""

    iata: str
    latitude: float
    longitude: float
    country_iso3: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """Days at one place, dated there: from the day of arrival to the day on which one leaves.

    `provided` says what somebody else provides on a day (meals of that day, lodging of the night that follows);
    `private` are days for reasons of one's own, which carry no allowance.
    """

    airport: Airport
    arrives: date
    leaves: date
    provided: Mapping[date, frozenset[str]] = field(default_factory=dict, hash=False)
    private: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if self.leaves < self.arrives:
            raise ValueError("one leaves a place on the day of arrival or later")

    @property
    def nights(self) -> tuple[date, ...]:
        """The days whose night is spent here."""
        return tuple(self.arrives + timedelta(days=n) for n in range((self.leaves - self.arrives).days))


@dataclass(frozen=True, slots=True)
class Quotation:
    """An agency's price for the whole journey in minor units, held until a day."""

    amount: int
    currency: str
    valid_until: date
    source: str


@dataclass(frozen=True, slots=True)
class Visa:
    """A visa that is needed, for the stay or for a change of aeroplanes (`transit`). Amounts are cents of the dollar.

    None is not known yet, 0 is free. `journey` is what it costs to reach the consulate.
    """

    country_iso3: str
    transit: bool
    fee: int | None
    journey: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Trip:
    """A journey from home through one or more stays and home again.

    Nights between two stays are nights on the way; those before the first and after the last are `nights_out` and
    `nights_back`, known once the flights are. Raises ValueError without a stay, or when a stay begins more than a
    day (the date line) before the one before it ends.
    """

    home: Airport
    stays: tuple[Stay, ...]
    cabin: str = "economy"
    nights_out: int = 0
    nights_back: int = 0
    quotation: Quotation | None = None
    visas: tuple[Visa, ...] = ()

    def __post_init__(self) -> None:
        if not self.stays:
            raise ValueError("a journey has at least one stay")
        if any(later.arrives < earlier.leaves - timedelta(days=1) for earlier, later in pairwise(self.stays)):
            raise ValueError("a stay begins after the one before it")
        if self.nights_out < 0 or self.nights_back < 0:
            raise ValueError("nights on the way are counted from 0")

    @property
    def legs(self) -> tuple[tuple[Airport, Airport], ...]:
        """The single journeys, from home to home."""
        return tuple(pairwise((self.home, *(stay.airport for stay in self.stays), self.home)))

    @property
    def days(self) -> int:
        """Calendar days from leaving home to being back, the first and the last included."""
        span = (self.stays[-1].leaves - self.stays[0].arrives).days + 1
        return span + self.nights_out + self.nights_back
