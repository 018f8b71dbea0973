"""A delegate's way from nomination to settlement, and who is eligible. Pure, knows no database."""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.costs.lines import LineKind, Payer
from tracker.languages.addresses import normal_email
from tracker.languages.marking import N_
from tracker.participation.support.lifecycle import PAID_LINES
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.search.folding import flatten


class DelegateStatus(enum.StrEnum):
    """Where a nominated person stands; from selection on as the seat does (`seats.lifecycle`)."""

    NOMINATED = "nominated"
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    TAKEN_BACK = "taken_back"
    CANCELLED = "cancelled"
    SUBSTITUTED = "substituted"
    TICKETED = "ticketed"
    TRAVELLED = "travelled"
    NO_SHOW = "no_show"
    SETTLED = "settled"


S = DelegateStatus
NOT_COMING = (S.DECLINED, S.TAKEN_BACK, S.CANCELLED, S.SUBSTITUTED, S.NO_SHOW, S.SETTLED)
"""Where somebody stands who takes no seat, or whose journey is over. Who was not selected can still get one."""
REPLACED = (S.DECLINED, S.TAKEN_BACK, S.CANCELLED, S.SUBSTITUTED)
"""Where somebody stands whose seat ended, or went to another, before the journey."""
HAS_A_SEAT = (S.SELECTED, S.CONFIRMED, S.TICKETED, S.TRAVELLED)
"""Where somebody stands who sits in a seat that costs something still."""


def seated(delegates: Sequence[Any], seats: int) -> list[Any]:
    """Whose seats the fund would pay, of a delegation in its State's order: who sits in one, and who stands next while
    the State can have more. Reserve and alternates get one only in somebody's place."""
    sitting = [one for one in delegates if one.status in HAS_A_SEAT]
    waiting = [one for one in delegates if one.status == S.NOMINATED and not one.alternate]
    return [*sitting, *waiting[: max(0, seats - len(sitting))]]


class Gender(enum.StrEnum):
    """Asked for the balance of delegations; never published by person."""

    WOMAN = "woman"
    MAN = "man"
    NOT_STATED = "not_stated"


GENDER_LABELS = {
    Gender.WOMAN: N_("Woman"),
    Gender.MAN: N_("Man"),
    Gender.NOT_STATED: N_("Prefer not to say"),
}

ASKED_LINES: tuple[LineKind, ...] = tuple(line for line in LineKind if line is not LineKind.CONTINGENCY)
"""The lines of which a State says who pays them. Contingency goes with the fare."""
NOBODY = "nobody"
"""Pays a visa where none is needed."""
PAYERS_OF: dict[LineKind, tuple[str, ...]] = {
    line: (*Payer, *((NOBODY,) if line is LineKind.VISA else ())) for line in ASKED_LINES
}
PAYER_LABELS = {
    Payer.FUND.value: N_("this fund"),
    Payer.STATE.value: N_("the State"),
    Payer.HOST.value: N_("the host of the session"),
    Payer.OTHER.value: N_("another organisation"),
    NOBODY: N_("none is needed"),
}
NEED_LABELS = {**PAID_LINES, "dsa": PAID_LINES["allowance"]}
"""What is asked for a delegate; "dsa" stands in answers of earlier versions."""


def full_name(given: str, family: str) -> str:
    """The name that is shown, from the names as in the passport."""
    return " ".join(part for part in (given.strip(), family.strip()) if part)


def days_touch(arrives: date | None, leaves: date | None, starts: date | None, ends: date | None) -> bool:
    """Whether somebody is at the place of the session on one of its days, as far as the days are known."""
    if arrives is None or leaves is None or starts is None:
        return True
    return arrives <= (ends or starts) and leaves >= starts


def same_person(one: Any, other: Any) -> list[str]:
    """The fields (name, email) by which two nominations are of one person; empty when they are of two.

    Names are compared without case, accents, punctuation and order, as family names stand first or last by country.
    """
    named = [sorted(flatten(each.name).split()) for each in (one, other)]
    addressed = [normal_email(each.email) for each in (one, other)]
    fields: dict[str, list[Any]] = {"name": named, "email": addressed}
    return [field for field, (first, second) in fields.items() if first and first == second]


def is_twice(one: Any, other: Any) -> bool:
    """Whether two nominations for different sessions are of one person on overlapping days."""
    days = (one.arrives_on, one.leaves_on, other.arrives_on, other.leaves_on)
    if None in days or not same_person(one, other):
        return False
    return bool(one.arrives_on <= other.leaves_on and other.arrives_on <= one.leaves_on)


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a State may ask for support to a session, with every fact that the answer rests on.

    `lists` maps each list to membership on the day `judged_on`; `is_open` says whether nominations are still taken,
    `is_late` that they are taken although they have closed;
    `days_left` counts working days in Vienna to the closing date, None without one.
    """

    lists: dict[str, bool]
    judged_on: date
    closing_on: date | None
    days_left: int | None
    is_open: bool
    is_late: bool

    @property
    def is_eligible(self) -> bool:
        """On at least one list."""
        return any(self.lists.values())


def judged_on(closing_on: date | None, today: date) -> date:
    """The day by whose lists a State is eligible: that on which nominations close, also for who comes late, so that
    all are judged alike."""
    return closing_on or today


def eligibility(
    lists: Collection[str], session: Any, *, today: date, days_left: int | None, takes_late: bool
) -> Eligibility:
    """Apply the lists that a State is on (`judged_on`) to one session on `today`. Without a closing date a session
    takes no nominations yet; `takes_late` says whether it does after that day (`reference.nominations`)."""
    # The lists whose members may ask for support (resolution 74/247, operative paragraph 5: "developing countries").
    # The development status of statistics is not one of them: by it several States that need support are "developed".
    member = {name: name in lists for name in COUNTRY_LISTS}
    in_time = session.closing_on is not None and session.closing_on >= today
    begun = session.starts_on is not None and session.starts_on <= today
    late = takes_late and not in_time
    is_open = (in_time or late) and not begun
    judged = judged_on(session.closing_on, today)
    return Eligibility(member, judged, session.closing_on, days_left, is_open=is_open, is_late=is_open and late)
