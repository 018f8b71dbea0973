"""One organisation under several names: those that were merged into another are its aliases, and their people, pledges
and addresses count as its own. Nothing of an alias is rewritten; reads look through it."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.accounts.names import key_of
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy

HOME_ID: Any = sa.func.coalesce(Organisation.merged_into_id, Organisation.id)
"""Under which organisation the row's own is known, for statements that read Organisation."""


def ids_of(organisation_id: int | None) -> sa.Select[int]:
    """The select of an organisation's own id and those of its aliases."""
    one = aliased(Organisation)
    return sa.select(one.id).where(sa.or_(one.id == organisation_id, one.merged_into_id == organisation_id))


def known_organisations() -> dict[str, Organisation]:
    """Every organisation by the keys of its name and of its aliases' names, for whoever looks many up: a State before
    a donor of the same name, the older before the newer."""
    rows = db.session.scalars(sa.select(Organisation).where(Organisation.kind != "office").order_by(Organisation.id))
    found: dict[str, Organisation] = {}
    for row in sorted(rows, key=lambda row: row.state_iso3 is None):
        found.setdefault(row.state_iso3 or key_of(row.name), row.home)
    return found


def find_organisation(name: str, *, but: Iterable[int] = ()) -> Organisation | None:
    """The organisation that a name means, however it is written; None when there is none yet."""
    found = known_organisations().get(key_of(name))
    return None if found is None or found.id in set(but) else found


def get_other(organisation: Organisation, code: str) -> Organisation:
    """The organisation with this code, into which another can be merged. Raises Invalid at the field `into`."""
    found = db.session.scalars(sa.select(Organisation).where(Organisation.code == code.strip().upper())).one_or_none()
    if found is None or found.kind == "office":
        raise Invalid(fields={"into": lazy("There is no State or donor with this code.")})
    if found.home.id == organisation.home.id:
        raise Invalid(fields={"into": lazy("That is this organisation itself. Enter the code of the other one.")})
    return found.home
