"""Proposed acts, limited to those about requests that the reader may know; a donor reads those on its promises."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.assistance.models import AssistanceRequest, Recusal
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts.lifecycle import ActName, ActStatus, Side
from tracker.pledges.proposed_acts.models import ActYes, ProposedAct
from tracker.pledges.queries.visible import may_describe, may_name, visible_to
from tracker.rights.actor import Actor

PAGE = 50


@dataclass(frozen=True, slots=True)
class PledgeOfAct:
    """The pledge that an act is about, as a link."""

    public_id: uuid.UUID
    reference: str


@dataclass(frozen=True, slots=True)
class YesPaper:
    """What a yes rests on: the amendment, or the donor's letter."""

    reference: str
    dated: date
    file_id: int


@dataclass(frozen=True, slots=True)
class GivenYes:
    """The yes of one side, with the paper that it rests on; `signed_by` is whoever signed the donor's letter."""

    side: Side
    given_by_id: int
    given_by: str
    given_at: datetime
    paper: YesPaper | None
    signed_by: str

    @property
    def is_a_letter(self) -> bool:
        """Whether the donor said it on paper."""
        return self.side is Side.DONOR and self.paper is not None


@dataclass(frozen=True, slots=True)
class Listed:
    """An act with what is shown beside it: the request or the pledge that it is about (the other is None);
    `described`: whether the reader may know more of the request than its reference. `sentence` says what it would do.
    `proposer_is_there`: whoever proposed it could propose it now. `yeses`: which sides have said yes, where it takes
    both."""

    act: ProposedAct
    label: Any
    sentence: Any
    request: Any
    pledge: Any
    proposed_by: str
    answered_by: str
    described: bool
    proposer_is_there: bool
    yeses: tuple[GivenYes, ...]

    @property
    def reference(self) -> str:
        """The reference of what it is about."""
        return str(self.request.reference if self.pledge is None else self.pledge.reference)

    @property
    def of_both(self) -> bool:
        """Whether it takes the yes of both sides."""
        return kinds.named(self.act.kind).of_both

    @property
    def waits_for(self) -> list[Side]:
        """The sides that have not said yes."""
        given = {yes.side for yes in self.yeses}
        return [side for side in Side if side not in given]


def waiting(actor: Actor) -> list[Listed]:
    """Acts that wait for a second person, the oldest first."""
    return _listed(actor, ProposedAct.status == ActStatus.WAITING, order=ProposedAct.id.asc())


def answered(actor: Actor) -> list[Listed]:
    """Acts that were confirmed, refused or taken back, the latest first."""
    return _listed(actor, ProposedAct.status != ActStatus.WAITING, order=ProposedAct.answered_at.desc())


def waiting_for_seat(seat_id: int, actor: Actor) -> list[Listed]:
    """Acts on one seat that wait for a second person."""
    return _listed(actor, ProposedAct.seat_id == seat_id, ProposedAct.status == ActStatus.WAITING)


def waiting_for(one: Listed) -> Any:
    """For whom an act waits, in words."""
    if not one.of_both:
        return lazy("Waits for a second person")
    if len(one.waits_for) > 1:
        return lazy("Waits for the yes of the donor and of UNODC")
    return lazy("Waits for the yes of the donor") if Side.DONOR in one.waits_for else lazy("Waits for the yes of UNODC")


def of_pledge(pledge_id: int, actor: Actor) -> list[Listed]:
    """Acts on what lies between the donor of a pledge and the fund: those that wait, and those that were answered, the
    latest first."""
    return _listed(actor, ProposedAct.pledge_id == pledge_id, order=ProposedAct.id.desc())


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
    return _with_words(db.session.execute(statement).all())


def _with_words(rows: Sequence[Any]) -> list[Listed]:
    both = set(kinds.names_of_both())
    yeses = _yeses_of([row[0].id for row in rows if row[0].kind in both])
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
            yeses=tuple(yeses.get(row[0].id, ())),
        )
        for row in rows
    ]


def _yeses_of(act_ids: Collection[int]) -> dict[int, list[GivenYes]]:
    """Who has said yes to acts that take both sides, in one statement; none where there are no such acts."""
    if not act_ids:
        return {}
    statement = sa.select(ActYes, Person.name).join(Person, Person.id == ActYes.given_by_id)
    found: dict[int, list[GivenYes]] = defaultdict(list)
    for yes, name in db.session.execute(statement.where(ActYes.act_id.in_(act_ids)).order_by(ActYes.id)):
        paper = None
        if yes.paper_reference is not None and yes.paper_date is not None and yes.paper_file_id is not None:
            paper = YesPaper(yes.paper_reference, yes.paper_date, yes.paper_file_id)
        signed_by = yes.signed_by or ""
        found[yes.act_id].append(GivenYes(Side(yes.side), yes.given_by_id, name, yes.given_at, paper, signed_by))
    return found


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
    """The office reads acts. A donor reads those that change what it promised; of others it knows nothing before they
    are confirmed."""
    if not actor.is_donor:
        return visible_to(actor)
    return sa.and_(ProposedAct.kind.in_(kinds.names_of_both()), visible_to(actor))


def count_waiting(actor: Actor) -> dict[str, sa.ScalarSelect[int]]:
    """Figures for the menu: acts that this person may answer in the office."""
    if not actor.is_staff:
        return {}
    mine = [kind.name.value for kind in kinds.kinds() if actor.has(*kind.confirmers)]
    return {"acts": _of_others(tuple(mine))} if mine else {}


@cache
def _of_others(names: tuple[str, ...]) -> sa.ScalarSelect[int]:
    """Acts that somebody else proposed, without those about a request from which the reader stands aside, and those to
    which the office has said yes."""
    reader: sa.BindParameter[int] = sa.bindparam("person_id")
    aside = sa.exists().where(Recusal.request_id == ProposedAct.request_id, Recusal.person_id == reader)
    waits = sa.select(sa.func.count(ProposedAct.id)).where(ProposedAct.status == ActStatus.WAITING)
    said = sa.exists().where(ActYes.act_id == ProposedAct.id, ActYes.side == Side.OFFICE)
    others = waits.where(ProposedAct.proposed_by_id != reader, sa.not_(aside), sa.not_(said))
    return others.where(ProposedAct.kind.in_(names)).scalar_subquery()
