"""Who gives: a donor's name, and its own organisation."""

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.extensions import db
from tracker.i18n import current_language
from tracker.pledges.lifecycle import Origin
from tracker.pledges.models import Pledge
from tracker.pledges.queries.visible import visible_to
from tracker.policy import Actor
from tracker.reference.names import state_name


def donor_name(name: str, iso3: str | None) -> str:
    """A State's name in the reader's language, another donor's as it was entered."""
    return state_name(iso3, current_language()) if iso3 else name


def donor_of(actor: Actor) -> tuple[Organisation, int]:
    """The actor's own organisation, and how many pledges of it were taken over from other lists."""
    taken_over = sa.select(sa.func.count(Pledge.id)).where(visible_to(actor), Pledge.origin == Origin.IMPORTED)
    statement = sa.select(Organisation, taken_over.scalar_subquery()).where(Organisation.id == actor.organisation_id)
    organisation, number = db.session.execute(statement).one()
    return organisation, number
