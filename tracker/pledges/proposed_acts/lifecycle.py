"""The life of a proposed act: it waits until somebody answers it. Pure, knows no database."""

import enum
from typing import Any

from tracker.languages.marking import lazy


class ActName(enum.StrEnum):
    """What can be proposed; each is described once, by its `ActKind`."""

    TOP_UP = "top_up"
    PROMOTION = "promotion"
    WRITE_OFF = "write_off"
    REVERSAL = "reversal"
    REFUND = "refund"
    APPLY_SURPLUS = "apply_surplus"
    RETURN_SURPLUS = "return_surplus"
    RAISE = "raise"
    REDUCE = "reduce"
    EXTEND = "extend"
    EARMARK = "earmark"


class Side(enum.StrEnum):
    """Whose yes a change of a promise needs: both, in whatever order."""

    DONOR = "donor"
    OFFICE = "office"


SPEAKERS = {Side.DONOR: "donor_signatory", Side.OFFICE: "programme_manager"}
"""The role that says yes for each side."""


class ActStatus(enum.StrEnum):
    """Where a proposed act stands. What was answered stays as it is."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
    DROPPED = "dropped"


STATUS_LABELS: dict[str, Any] = {
    ActStatus.WAITING: lazy("Waits for a second person"),
    ActStatus.CONFIRMED: lazy("Confirmed"),
    ActStatus.REFUSED: lazy("Refused"),
    ActStatus.TAKEN_BACK: lazy("Taken back"),
    ActStatus.DROPPED: lazy("Dropped: the seat ended"),
}


class Step(enum.StrEnum):
    """What is done with a proposed act; the rule of each is in policies.RULES."""

    PROPOSE = "propose"
    CONFIRM = "confirm"
    AGREE = "agree"
    FILE_LETTER = "file_letter"
    REFUSE = "refuse"
    TAKE_BACK = "take_back"


ANSWERS = {
    Step.CONFIRM: ActStatus.CONFIRMED,
    Step.AGREE: ActStatus.CONFIRMED,
    Step.REFUSE: ActStatus.REFUSED,
    Step.TAKE_BACK: ActStatus.TAKEN_BACK,
}
"""Where each answer leads from waiting; an act that takes two yeses is confirmed by the second."""
