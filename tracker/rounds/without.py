"""Why a State has no seat after a round: its own reason, which names no other State and no donor."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from tracker.languages.marking import N_
from tracker.rounds.giving import key
from tracker.rounds.ordering import KINDS, Placed
from tracker.rounds.reading import Table, in_turn

WHY = {
    "nobody": N_("No seat: nobody was left whom your State nominated for one."),
    "estimate": N_("No seat: the estimate for the next of your people is incomplete: a rate or a fare is missing."),
    "time": N_("No seat: the next of your people could not get a visa and a ticket in time any more."),
    "share": N_(
        "No seat: no pledge could pay the next of your people by the conditions of its donor; another person might be "
        "paid. Ask the office."
    ),
    "money": N_("No seat: there was no money that may be used for your request."),
    "rule": N_("No seat: the seats went to others first, by the rule “%(rule)s”."),
    "lot": N_("No seat: the seats went to others first, by lot; all rules had left your State equal to one of them."),
    "used": N_(
        "No seat: the money that may be used for your request went to seats that came first in the published order."
    ),
    "by_hand": N_("No seat: UNODC departed from the published order, for a reason that is kept with the round."),
    "later": N_("No seat yet: seats are left, which a later round gives, or a place on the reserve list."),
}
"""In which words a State reads why."""


def why_none(table: Table, placed: Placed, reachable: Callable[[int], bool]) -> tuple[str, str] | None:
    """The reason (a key of `WHY`) and the rule that it names, if any; None for a State that has a seat. `reachable`
    says of a person whether they can still get there."""
    request_id, sitting = placed.candidate.request_id, table.sitting
    if sitting.of(request_id):
        return None
    person = sitting.next_person(request_id)
    if person is None:
        return "nobody", ""
    if person.estimate is None:
        return "estimate", ""
    if not (person.in_time and reachable(person.delegate_id)):
        return "time", ""
    if not table.means.payable(table.before, shares=False)(request_id):
        return "money", ""
    if sitting.seats_left() > 0 and table.means.payable(sitting)(request_id):
        return "later", ""
    if passed_over(table, request_id):
        return "by_hand", ""
    if held_back(table, request_id):
        return "share", ""
    if sitting.seats_left() > 0:
        return "used", ""
    return _by_order(table, placed)


def passed_over(table: Table, request_id: int) -> bool:
    """Whether a seat of this round went to a State behind this one while this one could have had it: by the order, the
    estimate, the time and the money as they stood at that seat."""
    for row, sitting in in_turn(table):
        able = sitting.can_have(request_id) and table.means.payable(sitting)(request_id)
        if able and row.request_id != request_id and key(sitting, request_id) < key(sitting, row.request_id):
            return True
    return False


def held_back(table: Table, request_id: int) -> bool:
    """Whether the share of women that pledges ask for kept this State from a seat: now, while seats are left, or at a
    seat of this round that went to a State behind it."""
    sitting, means = table.sitting, table.means
    if sitting.seats_left() > 0 and sitting.can_have(request_id) and means.held_back(sitting, request_id):
        return True
    return any(
        row.request_id != request_id
        and key(before, request_id) < key(before, row.request_id)
        and before.can_have(request_id)
        and means.held_back(before, request_id)
        for row, before in in_turn(table)
    )


def _by_order(table: Table, placed: Placed) -> tuple[str, str]:
    """What put the last State with a seat of this round before this one."""
    with_seat = {row.request_id for row in table.seats}
    seated = [one for one in table.sitting.order if one.candidate.request_id in with_seat and one.place < placed.place]
    for before in reversed(seated):
        for theirs, own in zip(before.findings, placed.findings, strict=True):
            if theirs.rank != own.rank:
                return "rule", own.rule.kind
        return "lot", ""
    return "later", ""


def in_words(said: Any) -> str:
    """The sentence for the State, of what was kept with the round; empty where nothing was."""
    if not said:
        return ""
    why, rule = said
    return _(WHY[why], rule=_(KINDS[rule].label) if rule else "")
