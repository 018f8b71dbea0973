"""What named requests are called, for whoever looks: a reference for staff, a title or a State for donors.

Where staff may not know a strictly confidential request, it has no name for them.
"""

import uuid
from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.pledges.queries.needs import consented_fields
from tracker.pledges.queries.shares import is_number
from tracker.pledges.queries.visible import may_name
from tracker.reference.names import state_name
from tracker.rights.actor import Actor

R = AssistanceRequest


def names_of_requests(numbers: Iterable[str], actor: Actor) -> dict[str, str]:
    """Words by public number; a number that names no request is left out."""
    known = [uuid.UUID(number) for number in numbers if is_number(number)]
    rows = db.session.execute(
        sa.select(R.id, R.public_number, R.reference, R.title, Organisation.state_iso3, may_name(actor).label("named"))
        .join(Organisation, Organisation.id == R.organisation_id)
        .where(R.public_number.in_(known))
    ).all()
    fields = {} if actor.is_staff else consented_fields([row.id for row in rows])
    language = current_language()
    names = {}
    for row in rows:
        state = state_name(row.state_iso3, language) if row.state_iso3 else ""
        if actor.is_staff:
            name = (row.reference or state) if row.named else _("a strictly confidential request")
        else:
            name = f"{state}: {row.title}" if "title" in fields.get(row.id, ()) and row.title else state
        names[str(row.public_number)] = name
    return names
