"""An act is proposed by one person and confirmed, or refused, by another; whoever proposed it may take it back. It ends
with the seat that it is about. What changes a promise takes the yes of the donor and of the office, in any order."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.events import record
from tracker.extensions import db
from tracker.files import services as files
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.pledges import ledger
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts import kinds, queries
from tracker.pledges.proposed_acts.lifecycle import ANSWERS, ActName, ActStatus, Side, Step
from tracker.pledges.proposed_acts.models import ActYes, ProposedAct
from tracker.pledges.proposed_acts.policies import RULES, facts_of, facts_of_kind, side_of
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
    _record("proposed", act, actor)
    return str(act.public_id)


@verb(events=None)
def confirm(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Do what was proposed, in this transaction, or nothing of it. Raises Moved with what changed meanwhile."""
    act = _to_answer(public_id, Step.CONFIRM, actor)
    _hold(act)
    _answer(act, Step.CONFIRM, actor.person_id, version)
    kinds.named(act.kind).run(act, actor)
    _record("confirmed", act, actor)


@dataclass(frozen=True, slots=True)
class Paper:
    """An amendment, or a letter of the donor with whoever signed it; `file` is an upload."""

    reference: str
    dated: date
    file: Any
    signed_by: str = ""


@verb(events=None)
def agree(public_id: uuid.UUID, *, actor: Actor, version: int | None, amendment: Paper | None = None) -> None:
    """Say yes for one's side: the donor's signatory, or a manager with the amendment. The second yes does it, in this
    transaction, or nothing of it. Raises Moved with what changed meanwhile."""
    act = _to_answer(public_id, Step.AGREE, actor)
    side = side_of(actor)
    if side is Side.OFFICE:
        _must_be_whole(amendment)
    _give(act, Side.DONOR if side is None else side, actor, version, amendment if side is Side.OFFICE else None)


@verb(events=None)
def file_letter(public_id: uuid.UUID, *, actor: Actor, version: int | None, letter: Paper) -> None:
    """A manager files the dated letter by which a donor says yes on paper."""
    act = _to_answer(public_id, Step.FILE_LETTER, actor)
    _must_be_whole(letter)
    if not shown(letter.signed_by):
        raise Invalid(fields={"signed_by": lazy("Enter who signed the letter.")})
    _give(act, Side.DONOR, actor, version, letter)


def _must_be_whole(paper: Paper | None) -> None:
    """Raise Invalid with a sentence for each part that a paper lacks."""
    problems: dict[str, Any] = {}
    if paper is None or not shown(paper.reference):
        problems["reference"] = lazy("Enter the reference.")
    if paper is None or paper.dated > today():
        problems["dated"] = lazy("The date cannot be in the future.")
    if paper is None or not paper.file:
        problems["file"] = lazy("Choose the file.")
    if problems:
        raise Invalid(fields=problems)


def _give(act: ProposedAct, side: Side, actor: Actor, version: int | None, paper: Paper | None) -> None:
    """Keep the yes of a side; when it is the second, do the act."""
    _hold(act)
    db.session.refresh(act)
    given = {yes.side: yes for yes in db.session.scalars(sa.select(ActYes).where(ActYes.act_id == act.id))}
    waits = act.status == ActStatus.WAITING and version in (None, act.version)
    if not waits or side in given or actor.person_id in {one.given_by_id for one in given.values()}:
        raise Stale(lazy("Somebody answered this while you had it open."))
    yes = ActYes(act_id=act.id, side=side.value, given_by_id=actor.person_id)
    if paper is not None:
        stored = files.put(paper.file, actor=actor, subject=subject_of(act))
        yes.paper_reference, yes.paper_date, yes.paper_file_id = shown(paper.reference), paper.dated, stored.id
        yes.signed_by = shown(paper.signed_by) or None
    db.session.add(yes)
    db.session.flush()
    if not given:
        _record("agreed", act, actor, side=side.value)
        return
    office = yes if side is Side.OFFICE else given[Side.OFFICE]
    _answer(act, Step.AGREE, office.given_by_id, version)
    kinds.named(act.kind).run(act, actor)
    _record("confirmed", act, actor)


@verb
def refuse_act(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Say no, and why; nothing moves."""
    act = _to_answer(public_id, Step.REFUSE, actor)
    _answer(act, Step.REFUSE, actor.person_id, version, answer=required_reason(reason))
    _record("refused", act, actor)


@verb
def take_back(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Whoever proposed it does not want it any more, or is gone; nothing moves."""
    act = _to_answer(public_id, Step.TAKE_BACK, actor)
    _answer(act, Step.TAKE_BACK, actor.person_id, version)
    _record("taken_back", act, actor)


@verb(events=None)
def drop_for_seats(seat_ids: Collection[int], *, actor: Actor) -> int:
    """End the acts that wait about seats which have just ended, in the transaction of that act; gives how many."""
    waits = sa.and_(ProposedAct.seat_id.in_(seat_ids), ProposedAct.status == ActStatus.WAITING)
    acts = db.session.scalars(sa.select(ProposedAct).where(waits).order_by(ProposedAct.id)).all()
    for act in acts:
        facts = {"status": ActStatus.DROPPED.value, "answered_at": now(), "version": ProposedAct.version + 1}
        update_where(ProposedAct, ProposedAct.id == act.id, waits, **facts)
        _record("dropped", act, actor)
    return len(acts)


def _to_answer(public_id: uuid.UUID, step: Step, actor: Actor) -> ProposedAct:
    found = queries.get(public_id, actor)
    authorize(RULES, step, actor, facts_of(found))
    return found.act


def _hold(act: Draft | ProposedAct) -> None:
    """Other acts on the request or the pledge and its money wait until the commit."""
    if act.pledge_id is not None:
        ledger.hold(act.pledge_id)
        return
    held = sa.select(AssistanceRequest.id).where(AssistanceRequest.id == act.request_id)
    db.session.execute(held.with_for_update(of=AssistanceRequest))


def _answer(act: ProposedAct, step: Step, by_id: int | None, version: int | None, **facts: Any) -> None:
    changed = update_where(
        ProposedAct,
        ProposedAct.id == act.id,
        ProposedAct.status == ActStatus.WAITING,
        ProposedAct.version == (act.version if version is None else version),
        status=ANSWERS[step].value,
        answered_by_id=by_id,
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


def _record(step: str, act: ProposedAct, actor: Actor, **facts: Any) -> None:
    name = f"{kinds.named(act.kind).events}_{step}"
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
        **facts,
    )
