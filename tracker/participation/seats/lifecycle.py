"""The life of a seat: where it stands and what moves it. Pure, knows no database."""

import enum
from dataclasses import dataclass

from tracker.languages.marking import N_
from tracker.participation.lifecycle import DelegateStatus


class SeatStatus(enum.StrEnum):
    """Where a seat stands. Until the State confirms it, it is selected; what cost money ends as settled."""

    SELECTED = "selected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    TICKETED = "ticketed"
    TRAVELLED = "travelled"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    SETTLED = "settled"


class SeatOrigin(enum.StrEnum):
    """What gave a seat: a round, or a place of the reserve list that came free."""

    ROUND = "round"
    PROMOTION = "promotion"


class SeatAction(enum.StrEnum):
    """What moves a seat."""

    CONFIRM = "confirm"
    DECLINE = "decline"
    TAKE_BACK = "take_back"
    TICKET = "ticket"
    TRAVEL = "travel"
    UNDO_TRAVEL = "undo_travel"
    MISS = "miss"
    SUBSTITUTE = "substitute"
    CANCEL = "cancel"
    SETTLE = "settle"


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful change of a seat's status."""

    sources: frozenset[SeatStatus]
    target: SeatStatus


def _from(*sources: SeatStatus, to: SeatStatus) -> Transition:
    return Transition(frozenset(sources), to)


S = SeatStatus
TRANSITIONS: dict[SeatAction, Transition] = {
    SeatAction.CONFIRM: _from(S.SELECTED, to=S.CONFIRMED),
    SeatAction.DECLINE: _from(S.SELECTED, to=S.DECLINED),
    SeatAction.TAKE_BACK: _from(S.SELECTED, to=S.TAKEN_BACK),
    SeatAction.TICKET: _from(S.CONFIRMED, to=S.TICKETED),
    SeatAction.TRAVEL: _from(S.TICKETED, to=S.TRAVELLED),
    # A list of participants was imported by mistake.
    SeatAction.UNDO_TRAVEL: _from(S.TRAVELLED, to=S.TICKETED),
    SeatAction.MISS: _from(S.TICKETED, to=S.NO_SHOW),
    # The new person is selected anew: the State confirms the seat for them.
    SeatAction.SUBSTITUTE: _from(S.SELECTED, S.CONFIRMED, S.TICKETED, to=S.SELECTED),
    SeatAction.CANCEL: _from(S.SELECTED, S.CONFIRMED, S.TICKETED, to=S.CANCELLED),
    SeatAction.SETTLE: _from(S.TRAVELLED, S.NO_SHOW, S.CANCELLED, to=S.SETTLED),
}
"""product.md, "Participation"."""

ENDED = (S.DECLINED, S.TAKEN_BACK, S.CANCELLED, S.SETTLED)
"""Nobody sits in such a seat any more, and nothing is held for it: what was not paid went back to the pledges. What was
paid for one that was cancelled is still to be settled (`awaits_settlement`)."""

PAYABLE = (S.CONFIRMED, S.TICKETED, S.TRAVELLED, S.NO_SHOW)
"""Where a seat stands that is paid: its State confirmed it, and bills may come until it is settled. Of one that has
ended nothing is held any more."""

BEFORE_TRAVEL = tuple(status for status in SeatStatus if status in TRANSITIONS[SeatAction.CANCEL].sources)
"""Where a seat stands that can still be cancelled."""


def awaits_settlement(status: SeatStatus, paid_minor: int) -> bool:
    """Whether a seat is still to be settled: somebody travelled or missed the journey, or it was cancelled after
    something was paid that did not come back."""
    return status in (S.TRAVELLED, S.NO_SHOW) or (status is S.CANCELLED and paid_minor > 0)


class Cause(enum.StrEnum):
    """Why nobody travels on a seat that was given."""

    VISA_REFUSED = "visa_refused"
    ILLNESS = "illness"
    SESSION_MOVED = "session_moved"
    NO_REASON = "no_reason"
    OTHER = "other"
    WITHDRAWN = "withdrawn"


class Bearer(enum.StrEnum):
    """Who bears what was paid for a journey that nobody made."""

    PLEDGE = "pledge"
    STATE = "state"


BEARS: dict[Cause, Bearer | None] = {
    Cause.VISA_REFUSED: Bearer.PLEDGE,
    Cause.ILLNESS: Bearer.PLEDGE,
    Cause.SESSION_MOVED: Bearer.PLEDGE,
    Cause.NO_REASON: Bearer.STATE,
    Cause.OTHER: None,
    Cause.WITHDRAWN: None,
}
"""Who bears it for each cause; None: the programme manager says it, and why."""

CAUSES_OF_THE_OFFICE = tuple(cause for cause in Cause if cause is not Cause.WITHDRAWN)
CAUSES_OF_A_STATE = (Cause.VISA_REFUSED, Cause.ILLNESS, Cause.NO_REASON, Cause.OTHER)
"""What each side can say of one seat; a request is withdrawn on a page of its own."""

GIVEN_BACK = (S.DECLINED, S.TAKEN_BACK, S.CANCELLED)
"""How a seat stands that has just ended before its journey: nobody used it, and the session has its place again. It may
be settled later, so that what is counted asks for `Seat.given_back`, which stays. A journey that was missed gave
nothing back: until its day nobody else could have had the place, and it counts as a seat that the State had."""
AWAITS_A_SEAT = (DelegateStatus.NOMINATED, DelegateStatus.RESERVE, DelegateStatus.NOT_SELECTED)
"""Where a delegate stands who can be given a seat."""


class SeatUse(enum.StrEnum):
    """Whether somebody travelled in a seat, which is what those who pay it learn."""

    USED = "used"
    UNUSED = "unused"
    OPEN = "open"


USE_LABELS = {
    SeatUse.USED: N_("Yes"),
    SeatUse.UNUSED: N_("No"),
    SeatUse.OPEN: N_("Not yet"),
}

_USES = {
    S.SELECTED: SeatUse.OPEN,
    S.CONFIRMED: SeatUse.OPEN,
    S.TICKETED: SeatUse.OPEN,
    S.TRAVELLED: SeatUse.USED,
}


def use_of(status: str, cause: str | None = None) -> SeatUse:
    """What those who pay a seat learn of where it stands; `cause` says why nobody travelled on one that is settled."""
    if status == S.SETTLED and cause is None:
        return SeatUse.USED
    return _USES.get(SeatStatus(status), SeatUse.UNUSED)
