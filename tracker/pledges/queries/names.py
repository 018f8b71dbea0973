"""What named requests are called, for whoever looks: a reference for staff; for donors a State, the title or the kind,
and the public number, by which two requests of a State are told apart.

A strictly confidential request has no name for donors, nor for staff who may not know it.
"""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import KIND_LABELS, Kind
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.pledges.queries.needs import consented_fields
from tracker.pledges.queries.shares import is_number
from tracker.pledges.queries.visible import may_name
from tracker.reference.names import state_name
from tracker.rights.actor import Actor

R = AssistanceRequest


def known_as(state: str, kind: str, title: str | None, number: uuid.UUID) -> str:
    """By which words a donor knows a request; without its title where the State did not agree to show it."""
    what = f"{state}: {title}" if title else f"{state}, {_(KIND_LABELS[Kind(kind)])}"
    return f"{what}, {short_number(number)}"


def short_number(number: uuid.UUID) -> str:
    """A public number as it is shown: its first eight digits."""
    return _("no. %(number)s", number=str(number)[:8])


def names_of_requests(numbers: Iterable[str], actor: Actor) -> dict[str, str]:
    """Words by public number; a number that names no request is left out."""
    known = [uuid.UUID(number) for number in numbers if is_number(number)]
    rows = db.session.execute(
        sa.select(R.id, R.public_number, R.reference, R.kind, R.title)
        .add_columns(Organisation.state_iso3, may_name(actor).label("named"))
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(R.public_number.in_(known))
    ).all()
    fields = {} if actor.is_staff else consented_fields([row.id for row in rows])
    language = current_language()
    names = {}
    for row in rows:
        state = state_name(row.state_iso3, language) if row.state_iso3 else ""
        if not row.named:
            name = _("a strictly confidential request")
        elif actor.is_staff:
            name = row.reference or state
        else:
            name = known_as(state, row.kind, row.title if "title" in fields.get(row.id, ()) else "", row.public_number)
        names[str(row.public_number)] = name
    return names
