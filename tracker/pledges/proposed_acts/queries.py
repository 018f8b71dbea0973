"""Proposed acts, limited to those about requests that the reader may know."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts.lifecycle import ActName, ActStatus
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.queries.visible import may_describe, may_name, visible_to
from tracker.rights.actor import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class PledgeOfAct:
    """The pledge that an act is about, as a link."""

    public_id: uuid.UUID
    reference: str


@dataclass(frozen=True, slots=True)
class Listed:
    """An act with what is shown beside it: the request or the pledge that it is about (the other is None);
    `described`: whether the reader may know more of the request than its reference. `sentence` says what it would do.
    `proposer_is_there`: whoever proposed it could propose it now."""

    act: ProposedAct
    label: Any
    sentence: Any
    request: Any
    pledge: Any
    proposed_by: str
    answered_by: str
    described: bool
    proposer_is_there: bool

    @property
    def reference(self) -> str:
        """The reference of what it is about."""
        return str(self.request.reference if self.pledge is None else self.pledge.reference)


def waiting(actor: Actor) -> list[Listed]:
    """Acts that wait for a second person, the oldest first."""
    return _listed(actor, ProposedAct.status == ActStatus.WAITING, order=ProposedAct.id.asc())


def answered(actor: Actor) -> list[Listed]:
    """Acts that were confirmed, refused or taken back, the latest first."""
    return _listed(actor, ProposedAct.status != ActStatus.WAITING, order=ProposedAct.answered_at.desc())


def waiting_for_seat(seat_id: int, actor: Actor) -> list[Listed]:
    """Acts on one seat that wait for a second person."""
    return _listed(actor, ProposedAct.seat_id == seat_id, ProposedAct.status == ActStatus.WAITING)


def waiting_for_pledge(pledge_id: int, actor: Actor) -> list[Listed]:
    """Acts on what lies between the donor of a pledge and the fund that wait for a second person."""
    return _listed(actor, ProposedAct.pledge_id == pledge_id, ProposedAct.status == ActStatus.WAITING)


def seats_with(name: ActName, seat_ids: Collection[int]) -> set[int]:
    """The seats about which an act of this kind waits, for acts on them; one statement."""
    waits = (ProposedAct.kind == name.value, ProposedAct.status == ActStatus.WAITING)
    found = sa.select(ProposedAct.seat_id).where(*waits, ProposedAct.seat_id.in_(seat_ids))
    return {seat_id for seat_id in db.session.scalars(found) if seat_id is not None}


def get(public_id: uuid.UUID, actor: Actor) -> Listed:
    """One act; raises NotFound, also when the actor may not know its request."""
    found = _listed(actor, ProposedAct.public_id == public_id)
    if not found:
        raise NotFound
    return found[0]


def _listed(actor: Actor, *conditions: Any, order: Any = ProposedAct.id) -> list[Listed]:
    proposer, answerer = aliased(Person), aliased(Person)
    r = AssistanceRequest
    statement = (
        sa.select(
            ProposedAct,
            *(r.id, r.public_id, r.reference, r.marking, Organisation.state_iso3),
            proposer.name.label("proposed_by"),
            answerer.name.label("answered_by"),
            sa.func.coalesce(may_describe(actor), False).label("described"),
            *(Pledge.public_id.label("pledge_public_id"), Pledge.reference.label("pledge_reference")),
            _could_propose().label("proposer_is_there"),
        )
        .outerjoin(r, r.id == ProposedAct.request_id)
        .outerjoin(Organisation, Organisation.id == r.organisation_id)
        .outerjoin(Pledge, Pledge.id == ProposedAct.pledge_id)
        .join(proposer, proposer.id == ProposedAct.proposed_by_id)
        .outerjoin(answerer, answerer.id == ProposedAct.answered_by_id)
        .where(*conditions, sa.or_(ProposedAct.pledge_id.is_not(None), may_name(actor)), _reads_money(actor))
        .order_by(order)
        .limit(PAGE)
        .execution_options(populate_existing=True)
    )
    rows = db.session.execute(statement).all()
    said = kinds.sentences([row[0] for row in rows])
    return [
        Listed(
            act=row[0],
            label=kinds.named(row[0].kind).label,
            sentence=said[row[0].id],
            request=row if row[0].pledge_id is None else None,
            pledge=_pledge(row),
            proposed_by=row.proposed_by,
            answered_by=row.answered_by or "",
            described=bool(row.described),
            proposer_is_there=bool(row.proposer_is_there),
        )
        for row in rows
    ]


def _pledge(row: Any) -> Any:
    if row[0].pledge_id is None:
        return None
    return PledgeOfAct(row.pledge_public_id, row.pledge_reference)


def _could_propose() -> sa.ColumnElement[bool]:
    """Whether whoever proposed an act still has a role that proposes such acts."""
    of_kind = [
        sa.and_(ProposedAct.kind == kind.name.value, MembershipRole.role.in_(kind.proposers)) for kind in kinds.kinds()
    ]
    return sa.exists(
        sa.select(Membership.id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.person_id == ProposedAct.proposed_by_id, Membership.ended_at.is_(None))
        .where(Person.disabled_at.is_(None), sa.or_(sa.false(), *of_kind))
        .correlate(ProposedAct)
    )


def _reads_money(actor: Actor) -> sa.ColumnElement[bool]:
    """The office reads acts; a donor knows nothing of them before they are confirmed."""
    return sa.false() if actor.is_donor else visible_to(actor)


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """Figures for the menu: acts that this person may answer."""
    mine = [kind.name.value for kind in kinds.kinds() if actor.has(*kind.confirmers)]
    return {"acts": _of_others(tuple(mine))} if mine else {}


@cache
def _of_others(names: tuple[str, ...]) -> sa.ScalarSelect[int]:
    """Acts that somebody else proposed, without those about a request from which the reader stands aside."""
    reader: sa.BindParameter[int] = sa.bindparam("person_id")
    aside = sa.exists().where(Recusal.request_id == ProposedAct.request_id, Recusal.person_id == reader)
    waits = sa.select(sa.func.count(ProposedAct.id)).where(ProposedAct.status == ActStatus.WAITING)
    others = waits.where(ProposedAct.proposed_by_id != reader, sa.not_(aside))
    return others.where(ProposedAct.kind.in_(names)).scalar_subquery()
