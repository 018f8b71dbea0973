"""The life of a round: where it stands and what moves it. Pure, knows no database."""

import enum
from dataclasses import dataclass

from tracker.assistance.lifecycle import Status
from tracker.languages.marking import N_


class RoundStatus(enum.StrEnum):
    """Where a round stands. A session has at most one that is open or prepared."""

    OPEN = "open"
    PREPARED = "prepared"
    APPROVED = "approved"
    DROPPED = "dropped"


STATUS_LABELS = {
    RoundStatus.OPEN: N_("Open: seats are being given"),
    RoundStatus.PREPARED: N_("Waits for a second person"),
    RoundStatus.APPROVED: N_("Approved"),
    RoundStatus.DROPPED: N_("Dropped"),
}
UNDER_WAY = (RoundStatus.OPEN, RoundStatus.PREPARED)


ELIGIBLE = (Status.ACCEPTED, Status.IN_IMPLEMENTATION)
"""How a request stands that rounds and promotions are about."""


class RoundAction(enum.StrEnum):
    """What somebody does to a round."""

    OPEN = "open_round"
    GIVE = "give_seat"
    TAKE_OFF = "take_seat_off"
    PREPARE = "prepare"
    SEND_BACK = "send_back"
    DROP = "drop"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True)
class Transition:
    """One lawful change of a round's status."""

    sources: frozenset[RoundStatus]
    target: RoundStatus


S = RoundStatus
TRANSITIONS: dict[RoundAction, Transition] = {
    RoundAction.GIVE: Transition(frozenset({S.OPEN}), S.OPEN),
    RoundAction.TAKE_OFF: Transition(frozenset({S.OPEN}), S.OPEN),
    RoundAction.PREPARE: Transition(frozenset({S.OPEN}), S.PREPARED),
    RoundAction.SEND_BACK: Transition(frozenset({S.PREPARED}), S.OPEN),
    RoundAction.DROP: Transition(frozenset({S.OPEN, S.PREPARED}), S.DROPPED),
    RoundAction.APPROVE: Transition(frozenset({S.PREPARED}), S.APPROVED),
}
"""product.md, "Rounds"."""
