"""A delegate's way from nomination to settlement, and who is eligible. Pure, knows no database."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.languages.marking import N_
from tracker.reference.lifecycle import COUNTRY_LISTS
from tracker.search.folding import flatten


class DelegateStatus(enum.StrEnum):
    """Where a nominated person stands. Selection, travel and settlement come with rounds."""

    NOMINATED = "nominated"
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    SUBSTITUTED = "substituted"
    TICKETED = "ticketed"
    TRAVELLED = "travelled"
    NO_SHOW = "no_show"
    SETTLED = "settled"


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

NEED_LABELS = {
    "fare": N_("Return ticket in economy class"),
    "dsa": N_("Daily subsistence allowance (accommodation and meals)"),
    "terminals": N_("Terminal expenses (transfers to and from airports)"),
    "visa": N_("Visa fee"),
}


def same_person(one: Any, other: Any) -> list[str]:
    """The fields (name, email) by which two nominations are of one person; empty when they are of two.

    Names are compared without case, accents, punctuation and order, as family names stand first or last by country.
    """
    named = [sorted(flatten(each.name).split()) for each in (one, other)]
    addressed = [each.email.strip().casefold() for each in (one, other)]
    fields = {"name": named, "email": addressed}
    return [field for field, (first, second) in fields.items() if first and first == second]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a State may ask for support to a session today, with every fact that the answer rests on.

    `lists` maps each list to membership on that day; `open` says whether nominations are still taken;
    `days_left` counts working days in Vienna to the closing date, None without one.
    """

    lists: dict[str, bool]
    closing_on: date | None
    days_left: int | None
    is_open: bool

    @property
    def is_eligible(self) -> bool:
        """On at least one list."""
        return any(self.lists.values())


def eligibility(lists: Collection[str], session: Any, *, today: date, days_left: int | None) -> Eligibility:
    """Apply the lists that a State is on to one session on `today`. Without a closing date a session takes no
    nominations yet."""
    # The lists whose members may ask for support (resolution 74/247, operative paragraph 5: "developing countries").
    # The development status of statistics is not one of them: by it several States that need support are "developed".
    member = {name: name in lists for name in COUNTRY_LISTS}
    taken = session.closing_on is not None and session.closing_on >= today
    begun = session.starts_on is not None and session.starts_on <= today
    return Eligibility(member, session.closing_on, days_left, is_open=taken and not begun)
