"""The card of the conditions on the delegate's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.calendar.working_days import day_of
from tracker.languages.formatting import format_day
from tracker.participation.conditions import queries
from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.cards import DelegateCard
from tracker.participation.delegate_page.presenting import Thing
from tracker.participation.travel.lifecycle import ON_ARRIVAL_LINES, Lack
from tracker.participation.travel.queries import Travelling


def _shown(here: Here, found: Travelling) -> Mapping[str, Any] | None:
    accepted = queries.accepted_by(here.delegate_id)
    if accepted is None and not found.lacks(Lack.CONDITIONS):
        return None
    due = {one.what: one.by for one in found.missing}
    read = url_for("participation.own_conditions", token=here.token)
    by, transfers = due.get(Lack.CONDITIONS), pays_by_transfer(found)
    return {"accepted": accepted, "by": by, "url": read, "transfers": transfers}


def pays_by_transfer(found: Travelling) -> bool:
    """Whether the fund transfers something to the person that waits until they have accepted."""
    in_cash = found.record is not None and found.record.on_arrival
    return not in_cash and bool(found.money.pays() & frozenset(ON_ARRIVAL_LINES))


def _things(_here: Here, shown: Mapping[str, Any]) -> Sequence[Thing]:
    if shown["accepted"]:
        return [
            Thing(_("Conditions"), _("Accepted on %(day)s", day=format_day(day_of(shown["accepted"].at))), done=True)
        ]
    if shown["by"]:
        return [Thing(_("Conditions"), _("Accept them by %(day)s.", day=format_day(shown["by"])), done=False)]
    return [Thing(_("Conditions"), _("Read and accept them."), done=False)]


CARD = DelegateCard(10, "participation/conditions/_card.html", _shown, _things)
