"""Why nobody travels on a seat, and who bears what was paid, in words."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.languages.choosing import current_language
from tracker.languages.marking import N_
from tracker.participation.ending.policies import RULES, EndAction
from tracker.participation.ending.queries import Paid, facts_of
from tracker.participation.seats.lifecycle import Bearer, Cause
from tracker.reference.names import state_name
from tracker.rights.actor import Actor
from tracker.rights.rules import can

CAUSE_LABELS: dict[Any, str] = {
    Cause.VISA_REFUSED: N_("The visa was refused, or did not come in time"),
    Cause.ILLNESS: N_("Illness or another emergency of the person"),
    Cause.SESSION_MOVED: N_("The session was moved or cancelled"),
    Cause.NO_REASON: N_("The State gave no reason"),
    Cause.OTHER: N_("Another reason"),
    Cause.WITHDRAWN: N_("The State withdrew its request"),
}
OWN_CAUSE_LABELS: dict[Any, str] = {**CAUSE_LABELS, Cause.NO_REASON: N_("No reason is given")}
"""As the State reads them that chooses one."""
CAUSE_HINTS: dict[Any, str] = {
    Cause.VISA_REFUSED: N_("The pledge bears what was paid."),
    Cause.ILLNESS: N_("The pledge bears what was paid."),
    Cause.SESSION_MOVED: N_("The pledge bears what was paid."),
    Cause.NO_REASON: N_("The State bears what was paid."),
    Cause.OTHER: N_("The programme manager says who bears what was paid."),
}
BEARER_LABELS: dict[Any, str] = {
    Bearer.PLEDGE: N_("The pledge that paid it"),
    Bearer.STATE: N_("The State, which is asked to pay it back"),
}
BORNE_BY: dict[Any, str] = {
    Bearer.PLEDGE: N_("What was paid is borne by the pledge."),
    Bearer.STATE: N_("What was paid is borne by the State."),
    None: N_("Who bears what was paid is still to be said by the programme manager."),
}

_ACTS = {
    EndAction.END: ("participation.end_seat", N_("End seat %(number)s of %(state)s")),
    EndAction.MISS: ("participation.miss_journey", N_("Journey of seat %(number)s of %(state)s was not made")),
    EndAction.SAY_WHO_BEARS: ("participation.say_who_bears", N_("Say who bears seat %(number)s of %(state)s")),
}


def acts_on(found: Paid, actor: Actor) -> list[tuple[str, str]]:
    """The pages on which the office can end this seat or say more of it, as (address, words)."""
    facts, one = facts_of(found), found.one
    said = {"number": one.seat.number, "state": state_name(one.iso3, current_language()) if one.iso3 else ""}
    return [
        (url_for(endpoint, public_id=one.seat.public_id), _(words, **said))
        for action, (endpoint, words) in _ACTS.items()
        if can(RULES, action, actor, facts) is None
    ]


def why_in_words(found: Paid) -> list[str]:
    """Why nobody travels on a seat, who bears what was paid, and why so where that was said apart; nothing where
    somebody travels."""
    seat = found.one.seat
    if not seat.cause:
        return []
    words = [_(CAUSE_LABELS[seat.cause])]
    if found.sums.paid_minor:
        words.append(_(BORNE_BY[seat.borne_by]))
        words += [seat.borne_why] if seat.borne_why and seat.borne_why != seat.reason else []
    return words
