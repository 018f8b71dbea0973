"""The name of a donor, and what it pledged."""

import uuid

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.accounts.queries.aliases import ids_of
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.pledges.models import Pledge
from tracker.reference.names import state_name


def donor_name(name: str, iso3: str | None) -> str:
    """A State's name in the reader's language, another donor's as it was entered."""
    return state_name(iso3, current_language()) if iso3 else name


def pledges_of(organisation_id: int) -> list[str]:
    """The references of an organisation's pledges and of its aliases', for an administrator who merges it."""
    query = sa.select(Pledge.reference).where(Pledge.organisation_id.in_(ids_of(organisation_id)))
    return list(db.session.scalars(query.order_by(Pledge.reference)))


def donors_to_file_for() -> list[tuple[uuid.UUID, str]]:
    """Donors for whom a pledge on paper can be filed, with or without accounts, by name."""
    found = ((one.public_id, donor_name(one.name, one.state_iso3)) for one in db.session.scalars(_givers()))
    return sorted(found, key=lambda one: one[1].casefold())


def donor_to_file_for(public_id: uuid.UUID) -> Organisation:
    """One of them. Raises Invalid at the field `donor` for anything else."""
    donor = db.session.scalars(_givers().where(Organisation.public_id == public_id)).one_or_none()
    if donor is None:
        raise Invalid(fields={"donor": lazy("Choose the donor.")})
    return donor


def _givers() -> sa.Select[Organisation]:
    standing = Organisation.active.is_(True), Organisation.merged_into_id.is_(None)
    return sa.select(Organisation).where(Organisation.kind == "donor", *standing)
