"""Until when a seat is offered, and how an offer ends. Pure, knows no database."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.calendar import working_days
from tracker.languages.marking import N_, lazy
from tracker.participation.seats.lifecycle import SeatStatus

_DAY = timedelta(days=1)


class Outcome(enum.StrEnum):
    """How an offer ended. What is not answered stays open: no day decides by itself."""

    CONFIRMED = "confirmed"
    DECLINED = "declined"
    SUBSTITUTED = "substituted"
    TAKEN_BACK = "taken_back"
    ENDED = "ended"


CLOSED_WORDS = {
    Outcome.CONFIRMED: lazy("This seat is confirmed already: your State has answered."),
    Outcome.DECLINED: lazy("This seat is declined already: your State has answered."),
    Outcome.SUBSTITUTED: lazy("Somebody else was named for this seat: it is offered anew."),
    Outcome.TAKEN_BACK: lazy("This seat was not answered in time and was taken back."),
    Outcome.ENDED: lazy("This seat has ended: it is offered no more."),
}
"""Why an offer takes no answer any more, as whoever comes too late reads it."""

SEAT_LABELS = {
    SeatStatus.SELECTED: N_("Selected"),
    SeatStatus.CONFIRMED: N_("Confirmed"),
    SeatStatus.DECLINED: N_("Declined"),
    SeatStatus.TAKEN_BACK: N_("Taken back"),
    SeatStatus.TICKETED: N_("Ticketed"),
    SeatStatus.TRAVELLED: N_("Travelled"),
    SeatStatus.NO_SHOW: N_("Did not travel"),
    SeatStatus.CANCELLED: N_("Cancelled"),
    SeatStatus.SETTLED: N_("Settled"),
}


@dataclass(frozen=True, slots=True)
class TravelDays:
    """What bounds an offer: the session's days on which States have answered, papers are complete and tickets are
    bought, its first day, and how many days the person's visa takes. A day that is not known yet bounds nothing."""

    answer: date | None
    papers: date | None
    ticket: date | None
    starts_on: date | None
    visa_days: int


def offered_until(
    days: TravelDays, *, first_round: bool, today: date, working: int, holidays: Collection[date]
) -> date | None:
    """The last day on which the State can answer; None when nobody can get there in time any more.

    Offers of the first round last until the session's day for answers while that is ahead, others `working` working
    days; never longer than `last_possible`. The State has at least until tomorrow.
    """
    if first_round and days.answer is not None and days.answer > today:
        usual = days.answer
    else:
        usual = working_days.add(today, working, holidays)
    last = last_possible(days, today)
    until = usual if last is None else min(usual, last)
    return until if until > today else None


def last_possible(days: TravelDays, today: date) -> date | None:
    """The day before papers are complete or, where that is no day ahead, the day of the ticket; never later than a visa
    that is asked for on the next day comes in time. None while the session's days are not known.

    A visa is in hand the day before the session begins, on which the person travels at the latest.
    """
    papers = days.papers - _DAY if days.papers is not None else None
    before = papers if papers is not None and papers > today else days.ticket
    visa = days.starts_on - timedelta(days=days.visa_days + 1) if days.starts_on is not None else None
    return min((day for day in (visa, before) if day is not None), default=None)
