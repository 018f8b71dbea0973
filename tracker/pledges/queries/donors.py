"""The name of a donor, and what it pledged."""

import sqlalchemy as sa

from tracker.accounts.queries.aliases import ids_of
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.pledges.models import Pledge
from tracker.reference.names import state_name


def donor_name(name: str, iso3: str | None) -> str:
    """A State's name in the reader's language, another donor's as it was entered."""
    return state_name(iso3, current_language()) if iso3 else name


def pledges_of(organisation_id: int) -> list[str]:
    """The references of an organisation's pledges and of its aliases', for an administrator who merges it."""
    query = sa.select(Pledge.reference).where(Pledge.organisation_id.in_(ids_of(organisation_id)))
    return list(db.session.scalars(query.order_by(Pledge.reference)))
