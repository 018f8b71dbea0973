"""Who gives out sealed data, and to whom."""

import enum
from dataclasses import dataclass
from typing import Any

from tracker.languages.marking import lazy
from tracker.participation.disclosing.lifecycle import Recipient
from tracker.participation.travel.policies import looks_after
from tracker.rights.actor import Actor
from tracker.rights.rules import Facts, Refusal, Rules


class DisclosingAction(enum.StrEnum):
    """What is done."""

    DISCLOSE = "disclose_papers"


@dataclass(frozen=True, slots=True)
class DisclosingFacts(Facts):
    """To whom (None: not chosen yet), whether the person's request is strictly confidential, whether they handed
    something in, and whether all was erased."""

    recipient: Recipient | None
    strict: bool
    handed_in: bool
    erased: bool


def gives_out(actor: Actor, facts: DisclosingFacts) -> Refusal | None:
    """Whoever looks after the journey; a finance officer what the finance office may get."""
    if actor.has("finance_officer") and facts.recipient in (None, Recipient.FINANCE) and not facts.strict:
        return None
    return looks_after(actor, facts)  # type: ignore[arg-type]  # it asks whether the request is strict


def something_is_there(_actor: Actor, facts: DisclosingFacts) -> Refusal | None:
    """There is something to give out."""
    if facts.erased:
        return Refusal("erased", lazy("The papers of this person were erased."))
    return None if facts.handed_in else Refusal("nothing", lazy("Nothing was handed in yet."))


RULES: Rules[Any] = {DisclosingAction.DISCLOSE: (gives_out, something_is_there)}
