"""What waits for somebody who leaves, who could take it over, and what waits for roles that nobody holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.accounts.queries.aliases import HOME_ID
from tracker.accounts.waiting_work import Held, Leaver, RoleWork, for_roles, held_by_roles
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.extensions import db


@dataclass(frozen=True, slots=True)
class Waits:
    """How much of one kind stands in somebody's name."""

    kind: Held
    number: int
    leaver: Leaver

    @property
    def passes(self) -> bool:
        """Whether somebody has to take it over."""
        return self.kind.hand_over is not None


@dataclass(frozen=True, slots=True)
class Unheld:
    """What waits for a role that nobody of the organisation (None: of the office) holds."""

    work: RoleWork
    organisation_id: int | None
    number: int


def leaver_of(membership: Membership) -> Leaver:
    """Who goes, where a membership loses roles."""
    return Leaver(membership.person_id, membership.organisation.home.id)


def held_by(membership: Membership, *, kept: Iterable[str] = ()) -> list[Waits]:
    """What stands in the name of somebody whose membership keeps these roles only, kind by kind; one statement. The
    membership was loaded with its organisation and roles."""
    kept = set(kept)
    kinds, leaver = held_by_roles(membership.roles - kept, kept), leaver_of(membership)
    if not kinds:
        return []
    row = db.session.execute(sa.select(*(kind.number(leaver).label(kind.name) for kind in kinds))).one()
    return [Waits(kind, number, leaver) for kind, number in zip(kinds, row, strict=True) if number]


def successors(membership: Membership, kinds: Iterable[Held]) -> list[Any]:
    """Who of the same organisation could take over some of it: rows of (public_id, person_id, name, roles) by name."""
    wanted = frozenset[str]().union(*(kind.roles for kind in kinds))
    rows = db.session.execute(
        sa.select(
            Membership.public_id,
            Membership.person_id,
            Person.name,
            sa.func.aggregate_strings(MembershipRole.role, ",").label("roles"),
        )
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .where(
            membership.organisation.home.id == HOME_ID,
            Membership.person_id != membership.person_id,
            MembershipRole.role.in_(sorted(wanted)),
            *_living(),
        )
        .group_by(Membership.public_id, Membership.person_id, Person.name)
        .order_by(Person.name, Membership.person_id)
    )
    return list(rows)


def _living() -> tuple[sa.ColumnElement[bool], ...]:
    return Membership.ended_at.is_(None), Person.disabled_at.is_(None), Organisation.active.is_(True)


def unheld(
    works: Iterable[RoleWork] | None = None, *, without: Iterable[int] = (), of: Iterable[int | None] | None = None
) -> list[Unheld]:
    """What waits for roles that nobody holds: of all that can wait, or of these `works`; as if the memberships
    `without` were gone; only `of` these organisations (None: the office). One statement."""
    chosen = for_roles() if works is None else list(works)
    if not chosen:
        return []
    parts = [_unheld(work, place, list(without)) for place, work in enumerate(chosen)]
    rows = db.session.execute(sa.union_all(*parts)).all()
    wanted = None if of is None else set(of)
    found = [Unheld(chosen[row.place], row.organisation_id, row.number) for row in rows]
    return [one for one in found if one.number and (wanted is None or one.organisation_id in wanted)]


def _unheld(work: RoleWork, place: int, without: list[int]) -> Rows:
    waits = work.rows().subquery()
    theirs = sa.or_(
        waits.c.organisation_id == HOME_ID,
        sa.and_(waits.c.organisation_id.is_(None), Organisation.kind == "office"),
    )
    held = (
        sa.exists()
        .where(Person.id == Membership.person_id, Organisation.id == Membership.organisation_id, theirs, *_living())
        .where(MembershipRole.membership_id == Membership.id, MembershipRole.role.in_(sorted(work.roles)))
    )
    if without:
        held = held.where(Membership.id.not_in(without))
    columns = (sa.literal(place).label("place"), sa.cast(waits.c.organisation_id, BigId).label("organisation_id"))
    return sa.select(*columns, sa.cast(waits.c.number, BigId).label("number")).where(~held)


def unheld_with_names() -> list[tuple[Unheld, Organisation | None]]:
    """All that waits for roles that nobody holds, with the organisation (None: the office)."""
    found = unheld()
    ids = {one.organisation_id for one in found if one.organisation_id is not None}
    rows = db.session.scalars(sa.select(Organisation).where(Organisation.id.in_(ids))) if ids else ()
    known = {row.id: row for row in rows}
    return [(one, known.get(one.organisation_id or 0)) for one in found]
