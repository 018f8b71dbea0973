"""Writing a draft: it may be incomplete, is saved as it is typed, and never overwrites what somebody else wrote."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.accounts.models import Membership, Organisation, Person
from tracker.accounts.waiting_work import Leaver
from tracker.assistance import index, queries
from tracker.assistance.drafting import copying
from tracker.assistance.fields import editing, table
from tracker.assistance.lifecycle import CLOSED, Action, Kind
from tracker.assistance.models import AssistanceRequest, Attachment, CoDrafter, RequestCopy
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import rule_facts_of
from tracker.calendar.now import now, today
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.languages.choosing import LANGUAGES
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

R = AssistanceRequest


@verb
def start_draft(*, actor: Actor, kind: str, language: str, session_id: int | None = None) -> str:
    """Begin a request of `kind`, written in `language`; gives its public id. `session_id` is known beforehand when
    somebody comes from a session's page."""
    authorize(RULES, Action.DRAFT, actor, None)
    if kind not in set(Kind) or language not in LANGUAGES:
        raise Invalid(lazy("Choose what you ask for and in which language you write."))
    request = _begun(actor, kind=kind, language=language)
    if session_id is not None:
        editing.write(request, {"session": session_id})
    events.record("assistance.drafted", request, actor=actor, kind=kind, session_id=request.session_id)
    return str(request.public_id)


def _begun(actor: Actor, **columns: Any) -> R:
    """An empty draft of the actor and their office."""
    request = R(organisation_id=actor.organisation_id, office_id=actor.office_id, drafter_id=actor.person_id, **columns)
    db.session.add(request)
    db.session.flush()
    return request


@verb
def copy(public_id: uuid.UUID, *, actor: Actor) -> str:
    """Begin a draft with what an earlier request of the same State says; gives its public id. The draft knows what was
    taken over and what was not (see `copying.parted`)."""
    earlier = queries.load_whole(public_id, actor)
    authorize(RULES, Action.COPY, actor, rule_facts_of(earlier.id))
    request = _begun(actor, kind=earlier.kind, language=earlier.language, marking=earlier.marking)
    copied, left_out = copying.parted(earlier, today())
    editing.write(request, copied)
    db.session.add(RequestCopy(request_id=request.id, from_id=earlier.id, copied=list(copied), left_out=left_out))
    index.index(request)
    events.record("assistance.copied", request, actor=actor, kind=request.kind, from_id=earlier.id)
    return str(request.public_id)


@verb
def edit(public_id: uuid.UUID, *, actor: Actor, version: int | None, step: str, **saved: Any) -> int:
    """Save one step of a draft; gives the new version. Takes what `autosave` takes."""
    request = _save(public_id, actor, version, step, **saved)
    update_where(R, R.id == request.id, edit_key=None)  # a late autosave of the page that was left saves nothing
    events.record("assistance.edited", request, actor=actor, step=step)
    return request.version


@verb(events=0)
def autosave(public_id: uuid.UUID, *, actor: Actor, version: int | None, step: str, **saved: Any) -> int:
    """Save one step without a trace in the record; gives the new version.

    `values` are fields (see `fields`), `columns` the request's own marking, language and proposal of consent;
    `unread` is what was typed but cannot be read, kept as it is; `page` names the page that saves, so that a page
    whose answer was lost on the line may save again although the version moved. Raises Stale when somebody
    else saved meanwhile, Forbidden when the draft is not the actor's to write.
    """
    return _save(public_id, actor, version, step, **saved).version


COLUMNS = frozenset({"marking", "language", "consent_proposal"})


def _save(
    public_id: uuid.UUID,
    actor: Actor,
    version: int | None,
    step: str,
    *,
    values: dict[str, Any] | None = None,
    columns: dict[str, Any] | None = None,
    unread: dict[str, list[str]] | None = None,
    page: str | None = None,
) -> R:
    values, columns = values or {}, columns or {}
    if not columns.keys() <= COLUMNS:
        raise KeyError(sorted(columns.keys() - COLUMNS))
    request = queries.load_whole(public_id, actor)
    authorize(RULES, Action.EDIT, actor, rule_facts_of(request.id))
    kept = {name: texts for name, texts in (request.unread or {}).items() if name != step}
    _take_turn(request, version, page, unread=kept | ({step: unread} if unread else {}), **columns)
    editing.write(request, values)
    index.index(request)
    return request


def _take_turn(request: R, version: int | None, page: str | None, **columns: Any) -> None:
    """Move the version in one statement with what may be saved at all; two people never save over each other."""
    seen = R.version == version
    mine = R.edit_key == page if page else sa.false()
    changed = update_where(
        R,
        R.id == request.id,
        R.status == request.status,
        sa.or_(seen, mine),
        version=R.version + 1,
        updated_at=now(),
        edit_key=page,
        **columns,
    )
    if not changed:
        raise Stale(
            lazy("Somebody else saved this draft while you had it open."),
            theirs={one.name: said for one in table.texts() if (said := editing.value_of(request, one.name))},
        )
    db.session.refresh(request)


@verb
def discard(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Remove a draft for good, with its documents. One that has a reference is withdrawn instead."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.DISCARD, actor, rule_facts_of(request.id))
    if version is not None and request.version != version:
        raise Stale(lazy("Somebody changed this request while you had it open."))
    events.record("assistance.discarded", request, actor=actor, kind=request.kind)
    papers = db.session.scalars(sa.select(File).join(Attachment).where(Attachment.request_id == request.id)).all()
    db.session.execute(sa.delete(Attachment).where(Attachment.request_id == request.id))
    for paper in papers:
        files.remove(paper)
    index.forget(request)
    db.session.flush()
    if delete_where(R, R.id == request.id, R.version == request.version) != 1:
        raise Conflict(lazy("This request has moved on: that is no longer possible."))
    db.session.expunge(request)


@verb
def invite_co_drafter(public_id: uuid.UUID, *, actor: Actor, person_public_id: uuid.UUID) -> None:
    """Let a person of the same State, outside the drafting office, read and write the draft."""
    request = queries.get_visible(public_id, actor)
    authorize(RULES, Action.INVITE, actor, rule_facts_of(request.id))
    person_id = db.session.scalar(
        sa.select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.public_id == person_public_id,
            Membership.organisation_id == request.organisation_id,
            Membership.ended_at.is_(None),
        )
    )
    if person_id is None:
        raise Invalid(fields={"person": lazy("Choose a person of your State.")})
    if db.session.get(CoDrafter, (request.id, person_id)) is not None:
        raise Invalid(fields={"person": lazy("This person was invited already.")})
    db.session.add(CoDrafter(request_id=request.id, person_id=person_id))
    events.record("assistance.co_drafter_invited", request, actor=actor, person_id=person_id)


@verb(events=None)
def pass_on_drafted(leaver: Leaver, successor_id: int | None, actor: Actor) -> None:
    """Let a colleague read and write what somebody drafted who leaves, as if they had been invited; without one all of
    the State's people who write requests are told. Who drafted stays on record."""
    held = sa.select(R.id).where(*drafted_by(leaver)).order_by(R.id)
    ids = list(db.session.scalars(held.with_for_update()))
    if not ids:
        return
    if successor_id is None:
        state = db.session.get_one(Organisation, leaver.organisation_id)
        events.record("assistance.left_by_drafter", state, actor=actor, also_about=(R, ids), person_id=leaver.person_id)
        return
    known = sa.select(CoDrafter.request_id).where(CoDrafter.person_id == successor_id, CoDrafter.request_id.in_(ids))
    new = sorted(set(ids) - set(db.session.scalars(known)))
    if new:
        db.session.execute(sa.insert(CoDrafter), [{"request_id": one, "person_id": successor_id} for one in new])
    person = db.session.get_one(Person, successor_id)
    facts: dict[str, Any] = {
        "organisation_id": leaver.organisation_id,
        "person_id": leaver.person_id,
        "request_ids": ids,
    }
    events.record("assistance.drafts_passed_on", person, actor=actor, also_about=(R, ids), **facts)


def drafted_by(leaver: Leaver) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions that a request is not over and was drafted by somebody, for this State."""
    return R.drafter_id == leaver.person_id, R.organisation_id == leaver.organisation_id, R.status.not_in(CLOSED)
