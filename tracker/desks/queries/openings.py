"""Everything that auditors opened, the newest first, for those who watch over it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import AccountRequest, Person
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.events.models import Event, EventLink
from tracker.events.opening import FILE_OPENED, OPENED
from tracker.extensions import db
from tracker.files.models import File
from tracker.languages.marking import N_
from tracker.pledges.models import Allocation, Pledge
from tracker.reference.models import Session
from tracker.rights.actor import SECRET_READERS, Actor
from tracker.rounds.models import Round

KINDS = {
    "request": N_("Request"),
    "pledge": N_("Pledge"),
    "allocation": N_("Allocation"),
    "file": N_("File"),
    "person": N_("Person"),
    "account_request": N_("Request for a first account"),
    "role_proposal": N_("Roles that were asked for"),
    "session": N_("Seats of a session"),
    "round": N_("Round of a session"),
    "proposed_act": N_("Act of two persons"),
}
_PAGES = {
    "request": "triage.request",
    "pledge": "pledges.show",
    "allocation": "finance.allocation",
    "person": "accounts.person",
    "account_request": "accounts.account_request",
    "round": "rounds.show",
}


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing that somebody opened on one day. `what` says which it was, as far as the reader may know; `endpoint`
    names its page, and is empty where the reader may not open it."""

    id: int
    at: datetime
    by: str
    kind: str
    what: str
    endpoint: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)


def openings(actor: Actor, *, before: int | None = None, limit: int = 25) -> list[Opening]:
    """The openings below the event `before`, newest first: at most `limit` + 1."""
    if not actor.has(*SECRET_READERS):
        return []
    query = _openings(actor).order_by(Event.id.desc()).limit(limit + 1)
    if before is not None:
        query = query.where(Event.id < before)
    return [_opening(row) for row in db.session.execute(query)]


def _openings(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    by, kind, r = sa.orm.aliased(Person), Event.subject_type, AssistanceRequest

    def of(model: type[Any]) -> sa.ColumnElement[bool]:
        return sa.and_(kind == model.__event_subject__, model.id == Event.subject_id)

    linked = sa.select(EventLink.subject_id).where(
        EventLink.event_id == Event.id, EventLink.subject_type == r.__event_subject__
    )
    request_id = sa.case((kind == r.__event_subject__, Event.subject_id), else_=linked.scalar_subquery())
    public_id = sa.func.coalesce(
        r.public_id, Allocation.public_id, Pledge.public_id, Person.public_id, AccountRequest.public_id, Round.public_id
    )
    return (
        sa.select(
            *(Event.id, Event.at, by.name.label("by"), kind, request_id.label("request_id")),
            *(r.reference, Pledge.reference.label("pledge"), File.name.label("file"), Person.name.label("person")),
            *(
                r.id.label("seen"),
                AccountRequest.office_name,
                *(Session.code, Round.number.label("round")),
                sa.case((kind != "allocation", public_id), else_=Allocation.public_id),
            ),
        )
        .outerjoin(by, by.id == Event.actor_person_id)
        .outerjoin(r, sa.and_(r.id == request_id, visible_to(actor)))
        .outerjoin(Allocation, of(Allocation))
        .outerjoin(Pledge, sa.or_(of(Pledge), Pledge.id == Allocation.pledge_id))
        .outerjoin(File, of(File))
        .outerjoin(Person, of(Person))
        .outerjoin(AccountRequest, sa.and_(of(AccountRequest), AccountRequest.status != "lapsed"))
        .outerjoin(Round, of(Round))
        .outerjoin(Session, sa.or_(of(Session), Session.id == Round.session_id))
        .where(Event.name.in_((OPENED, FILE_OPENED)))
    )


def _opening(row: Any) -> Opening:
    kept = row.request_id is not None and row.seen is None
    parts = (row.reference, row.pledge, row.file, row.person, row.office_name, row.code, row.round and str(row.round))
    endpoint = "" if kept or row[-1] is None else _PAGES.get(row.subject_type, "")
    return Opening(
        id=row.id,
        at=row.at,
        by=row.by or "",
        kind=KINDS[row.subject_type],
        what="" if kept else " · ".join(part for part in parts if part),
        endpoint=endpoint,
        values={"public_id": row[-1]} if endpoint else {},
    )
