"""Who names a helper and who ends one, and when."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.papers.lifecycle import By
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.travel.lifecycle import ON_THE_WAY
from tracker.participation.travel.policies import looks_after
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


class HelpingAction(enum.StrEnum):
    """What is done about a helper."""

    NAME = "name_helper"
    END = "end_helper"
    READ_OUT = "read_out_to_helper"


@dataclass(frozen=True, slots=True)
class HelpingFacts(Facts):
    """How the seat stands, whether its request is strictly confidential; who acts, and whether somebody helps."""

    seat: SeatStatus
    strict: bool
    by: By
    helped: bool


def decides(actor: Actor, facts: HelpingFacts) -> Refusal | None:
    """The person who travels, on the own page, or for them whoever looks after the journey. Never the helper."""
    if facts.by is By.DELEGATE:
        return None
    if facts.by is By.HELPER:
        return Refusal("helper", lazy("Only the person who travels says who helps."))
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def at_the_desk(actor: Actor, facts: HelpingFacts) -> Refusal | None:
    """Codes are read out by whoever looks after the journey."""
    if facts.by is not By.OFFICER:
        return Refusal("person", lazy("Only the travel desk reads out codes."))
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def on_the_way(_actor: Actor, facts: HelpingFacts) -> Refusal | None:
    """As long as there is a page."""
    return None if facts.seat in ON_THE_WAY else Refusal("status", lazy("Nobody travels on this seat any more."))


def is_helped(_actor: Actor, facts: HelpingFacts) -> Refusal | None:
    """There is somebody to end it with."""
    return None if facts.helped else Refusal("status", lazy("Nobody helps this person."))


RULES: Rules[Any] = {
    HelpingAction.NAME: (decides, on_the_way),
    HelpingAction.END: (decides, is_helped),
    HelpingAction.READ_OUT: (at_the_desk, is_helped),
}
