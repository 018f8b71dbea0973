"""An act is proposed by one person and confirmed, or refused, by another; whoever proposed it may take it back. It ends
with the seat that it is about."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Stale
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import ledger
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts import kinds, queries
from tracker.pledges.proposed_acts.lifecycle import ANSWERS, ActName, ActStatus, Step
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.policies import RULES, facts_of, facts_of_kind
from tracker.pledges.services.promises import required_reason
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class Draft:
    """An act to be proposed; the ids say what it is about, `subject` the same in a short text. It is about a request or
    about a pledge: then it lies between donor and fund."""

    kind: ActName
    subject: str
    request_id: int | None
    payload: dict[str, Any]
    reason: str
    pledge_id: int | None = None
    seat_id: int | None = None
    delegate_id: int | None = None


@verb
def propose(draft: Draft, *, actor: Actor) -> str:
    """Put an act to a second person; nothing moves yet. Gives its public id.

    Raises Conflict or Invalid, as the kind's check does, when it could not be confirmed even now.
    """
    authorize(RULES, Step.PROPOSE, actor, facts_of_kind(draft.kind))
    _hold(draft)
    the_same = sa.select(ProposedAct.id).where(
        ProposedAct.kind == draft.kind,
        ProposedAct.subject == draft.subject,
        ProposedAct.status == ActStatus.WAITING,
    )
    if db.session.scalar(the_same) is not None:
        raise Conflict(lazy("The same is proposed already and waits for its confirmation."))
    act = ProposedAct(
        kind=draft.kind.value,
        subject=draft.subject,
        request_id=draft.request_id,
        pledge_id=draft.pledge_id,
        seat_id=draft.seat_id,
        delegate_id=draft.delegate_id,
        payload=draft.payload,
        reason=required_reason(draft.reason),
        proposed_by_id=actor.person_id,
    )
    kinds.named(draft.kind).check(act)
    db.session.add(act)
    db.session.flush()
    _record("pledges.act_proposed", act, actor)
    return str(act.public_id)


@verb(events=None)
def confirm(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Do what was proposed, in this transaction, or nothing of it. Raises Moved with what changed meanwhile."""
    act = _to_answer(public_id, Step.CONFIRM, actor)
    _hold(act)
    _answer(act, Step.CONFIRM, actor, version)
    kinds.named(act.kind).run(act, actor)
    _record("pledges.act_confirmed", act, actor)


@verb
def refuse_act(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Say no, and why; nothing moves."""
    act = _to_answer(public_id, Step.REFUSE, actor)
    _answer(act, Step.REFUSE, actor, version, answer=required_reason(reason))
    _record("pledges.act_refused", act, actor)


@verb
def take_back(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Whoever proposed it does not want it any more, or is gone; nothing moves."""
    act = _to_answer(public_id, Step.TAKE_BACK, actor)
    _answer(act, Step.TAKE_BACK, actor, version)
    _record("pledges.act_taken_back", act, actor)


@verb(events=None)
def drop_for_seats(seat_ids: Collection[int], *, actor: Actor) -> int:
    """End the acts that wait about seats which have just ended, in the transaction of that act; gives how many."""
    waits = sa.and_(ProposedAct.seat_id.in_(seat_ids), ProposedAct.status == ActStatus.WAITING)
    acts = db.session.scalars(sa.select(ProposedAct).where(waits).order_by(ProposedAct.id)).all()
    for act in acts:
        facts = {"status": ActStatus.DROPPED.value, "answered_at": now(), "version": ProposedAct.version + 1}
        update_where(ProposedAct, ProposedAct.id == act.id, waits, **facts)
        _record("pledges.act_dropped", act, actor)
    return len(acts)


def _to_answer(public_id: uuid.UUID, step: Step, actor: Actor) -> ProposedAct:
    found = queries.get(public_id, actor)
    authorize(RULES, step, actor, facts_of(found.act, proposer_is_there=found.proposer_is_there))
    return found.act


def _hold(act: Draft | ProposedAct) -> None:
    """Other acts on the request or the pledge and its money wait until the commit."""
    if act.pledge_id is not None:
        ledger.hold(act.pledge_id)
        return
    held = sa.select(AssistanceRequest.id).where(AssistanceRequest.id == act.request_id)
    db.session.execute(held.with_for_update(of=AssistanceRequest))


def _answer(act: ProposedAct, step: Step, actor: Actor, version: int | None, **facts: Any) -> None:
    changed = update_where(
        ProposedAct,
        ProposedAct.id == act.id,
        ProposedAct.status == ActStatus.WAITING,
        ProposedAct.version == (act.version if version is None else version),
        status=ANSWERS[step].value,
        answered_by_id=actor.person_id,
        answered_at=now(),
        version=ProposedAct.version + 1,
        **facts,
    )
    db.session.refresh(act)
    if not changed:
        raise Stale(lazy("Somebody answered this while you had it open."))


def subject_of(act: ProposedAct) -> AssistanceRequest | Pledge:
    """The request or the pledge whose money an act moves."""
    if act.pledge_id is not None:
        return db.session.get_one(Pledge, act.pledge_id)
    return db.session.get_one(AssistanceRequest, act.request_id)


def _record(name: str, act: ProposedAct, actor: Actor) -> None:
    about: dict[str, Any] = {"request_id": act.request_id} if act.pledge_id is None else {"pledge_id": act.pledge_id}
    record(
        name,
        subject_of(act),
        actor=actor,
        **about,
        act_id=act.id,
        kind=act.kind,
        seat_id=act.seat_id,
        delegate_id=act.delegate_id,
        proposed_by_id=act.proposed_by_id,
    )
