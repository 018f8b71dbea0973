"""How the office reads an amendment: what differs from the terms in force, and what signing it does."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tracker.assistance.terms import Change, changes
from tracker.languages.formatting import format_money
from tracker.triage.presenting import status_label


@dataclass(frozen=True, slots=True)
class Reading:
    """A prepared amendment beside the terms in force. `will` is (sentence, whether it is good news for the State)."""

    changes: list[Change]
    will: list[tuple[str, bool]]


def read(assistance_request: Any, prepared: Any, stands: Any, funding: Any) -> Reading | None:
    """The amendment that waits for its signature; None when none does. `funding` is the request's, if it has any."""
    if prepared is None or stands is None or prepared.amends_id is None:
        return None
    lines = [
        (_("The status stays “%(status)s”.", status=status_label(assistance_request.status)), True),
        *_money(stands.amount_minor, prepared.amount_minor, funding),
        (_("The State reads the new terms and the reasons; the terms before stay in the record."), True),
    ]
    return Reading(changes(stands, prepared), lines)


def _money(before: int | None, after: int | None, funding: Any) -> list[tuple[str, bool]]:
    """What becomes of the money that may be allocated."""
    if before is None or after is None:
        return [(_("Money comes from the round: the amendment changes none."), True)]
    if before == after:
        return [(_("The amount stays: up to %(amount)s can be allocated.", amount=format_money(after, "USD")), True)]
    values = {"amount": format_money(after, "USD"), "difference": format_money(abs(after - before), "USD")}
    if after > before:
        return [(_("Up to %(amount)s can be allocated, %(difference)s more than now.", **values), True)]
    lines = [(_("Up to %(amount)s can be allocated, %(difference)s less than now.", **values), False)]
    open_minor = after - (funding.allocated_minor if funding else 0)
    if funding and funding.planned_minor > max(open_minor, 0):
        planned = format_money(funding.planned_minor, "USD")
        lines.append((_("%(planned)s is planned, more than could still be approved.", planned=planned), False))
    return lines


def earlier(decisions: list[Any], stands: Any) -> list[Any]:
    """The terms that were in force before, the newest first: each amendment names the decision that it amends."""
    by_id = {row.id: row for row in decisions}
    found = []
    while stands is not None and stands.amends_id is not None:
        stands = by_id.get(stands.amends_id)
        found.append(stands)
    return [row for row in found if row is not None]
