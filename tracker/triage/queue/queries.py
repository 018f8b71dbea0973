"""The office's queue: one statement for the rows, one for everything around them, whatever their number."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qsl

import sqlalchemy as sa

from tracker.accounts.models import Membership, MembershipRole, Organisation, Person
from tracker.assistance import clocks
from tracker.assistance.lifecycle import Marking, Status
from tracker.assistance.message_kinds import Side
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries.request_lists import unanswered_since
from tracker.assistance.queries.visible import visible_to
from tracker.database.one_statement import Rows, read_in_one_statement
from tracker.database.paging import Key, read_cursor, write_cursor
from tracker.extensions import db
from tracker.reference.models import Holiday, Session, State
from tracker.rights.actor import REQUEST_OFFICERS, Actor
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.models import SavedView
from tracker.triage.queue.sorts import Sort
from tracker.triage.queue.window import Window, narrowed, ordered

R = AssistanceRequest
MOST = 1_000
"""Counts stop here: what is more is shown as "over 1,000"."""
PAGE = 25

VIEWS: tuple[tuple[str, Filters], ...] = (
    ("open", Filters()),
    ("overdue", Filters(overdue="1")),
    ("nobody", Filters(officer="nobody")),
    ("mine", Filters(officer="me")),
    ("state", Filters(status="state")),
    ("unsigned", Filters(unsigned="1")),
    ("messages", Filters(status="all", messages="1")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue; `clock` is the deadline by which lines are ordered (the State's while it is
    asked, ours otherwise), None when nothing runs; `unanswered` says since when a message of the State waits."""

    public_id: uuid.UUID
    reference: str | None
    title: str
    language: str
    kind: str
    status: str
    marking: str
    state_iso3: str | None
    organisation: str
    amount_usd_minor: int | None
    amount_minor: int | None
    currency: str
    officer: str | None
    submitted_at: datetime
    unreached: bool
    clock: clocks.Reading | None
    unanswered: datetime | None
    cursor: str


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the cursors of the pages beside them (None at an end)."""

    rows: list[Row]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the queue's page shows beside the rows: bounded counts by view and of the present filter, people, views,
    holidays."""

    counts: dict[str, int]
    officers: list[Any]
    saved: list[Any]
    sessions: list[Any]
    holidays: frozenset[date]


def joined(*columns: Any) -> Rows:
    """Columns of requests with their organisation, State and officer, as the filters' conditions need them."""
    return (
        sa.select(*columns)
        .select_from(R)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Person, Person.id == R.assigned_to_id)
    )


def rows(
    filters: Filters,
    *,
    actor: Actor,
    sort: Sort,
    holidays: frozenset[date],
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> Page:
    """One page of the queue, in one statement. `after` and `before` are cursors; a strange one gives the first page."""
    keys = sort.keys(actor.language)
    position = read_cursor(before or after, keys) if before or after else None
    backwards = bool(before) and position is not None
    order = [key.order(backwards) for key in keys]
    window = Window(filters, actor, sort, position=position, backwards=backwards).ids(size + 1)
    found = db.session.execute(_select(keys).where(R.id.in_(window)).order_by(*order)).all()
    more = len(found) > size
    shown = [_row(raw, len(keys), holidays) for raw in found[:size]]
    if backwards:
        shown.reverse()
    if not shown:
        return Page([], None, None)
    has_before = more if backwards else position is not None
    has_after = position is not None if backwards else more
    return Page(shown, shown[0].cursor if has_before else None, shown[-1].cursor if has_after else None)


def _select(keys: tuple[Key, ...]) -> Rows:
    """Only the columns that a line shows, and the order's values."""
    return joined(
        R.id,
        R.public_id,
        R.reference,
        R.title,
        R.language,
        R.kind,
        R.status,
        R.marking,
        R.due_at,
        R.amount_usd_minor,
        R.amount_minor,
        R.currency,
        R.submitted_at,
        R.unreached_since,
        Organisation.state_iso3,
        Organisation.name.label("organisation"),
        Person.name.label("officer"),
        unanswered_since(Side.OFFICE).label("unanswered"),
        *(key.column.label(f"key_{n}") for n, key in enumerate(keys)),
    )


_CLOCK_OF = {Status.CLARIFICATION: "answer", Status.AWAITING_AUTHORISATION: "authorise"}
"""The clock of a State whose turn it is; the others are ours."""


def _row(raw: Any, width: int, holidays: frozenset[date]) -> Row:
    return Row(
        raw.public_id,
        raw.reference,
        raw.title,
        raw.language,
        raw.kind,
        raw.status,
        raw.marking,
        raw.state_iso3,
        raw.organisation,
        raw.amount_usd_minor,
        raw.amount_minor,
        raw.currency,
        raw.officer,
        raw.submitted_at,
        raw.unreached_since is not None,
        clocks.glance(raw.due_at, holidays, name=_CLOCK_OF.get(raw.status, "decide")),
        raw.unanswered,
        write_cursor([getattr(raw, f"key_{n}") for n in range(width)]),
    )


def surroundings(filters: Filters, *, actor: Actor) -> Surroundings:
    """Counts, officers, saved views, sessions and holidays, in one statement."""
    found = read_in_one_statement(
        counts=_counts(filters, actor),
        officers=officers_select(),
        saved=sa.select(SavedView.id, SavedView.name, SavedView.query).where(SavedView.person_id == actor.person_id),
        sessions=_sessions(),
        holidays=sa.select(Holiday.day).where(Holiday.ended_at.is_(None)),
    )
    return Surroundings(
        found["counts"][0]._asdict(),
        sorted(found["officers"], key=lambda row: (row.name, row.public_id)),
        sorted(found["saved"], key=lambda row: row.name.casefold()),
        sorted(found["sessions"], key=lambda row: row.code),
        frozenset(row.day for row in found["holidays"]),
    )


def _counts(filters: Filters, actor: Actor) -> Rows:
    """Bounded counts; what a search finds is not counted, since looking it up costs as much as showing it."""
    views = {**dict(VIEWS), "clarifications": Filters(status=Status.CLARIFICATION)}
    views |= {} if filters.q else {"here": filters}
    return sa.select(*(bounded_count(view, actor).label(name) for name, view in views.items()))


def bounded_count(filters: Filters, actor: Actor) -> sa.ScalarSelect[Any]:
    """How many requests match, looked for no further than one beyond MOST."""
    matching = narrowed(filters, actor, R.id).limit(MOST + 1)
    if filters == Filters():
        matching = matching.order_by(R.due_at)  # leads SQLite's planner to the index of open requests
    return sa.select(sa.func.count()).select_from(matching.subquery()).scalar_subquery()


def officers_select() -> Rows:
    """People of the office who work on requests now."""
    works = (
        sa.exists()
        .where(Membership.person_id == Person.id, Membership.ended_at.is_(None))
        .where(MembershipRole.membership_id == Membership.id)
        .where(MembershipRole.role.in_(REQUEST_OFFICERS))
    )
    return sa.select(Person.public_id, Person.name, Person.id).where(Person.disabled_at.is_(None), works)


def _sessions() -> Rows:
    """Sessions for which something was asked: the others would find nothing."""
    asked = sa.exists().where(R.session_id == Session.id)
    return sa.select(Session.code, Session.title_en, Session.title_fr).where(asked)


def previous_and_next_selects(filters: Filters, *, actor: Actor, sort: Sort, position: str) -> dict[str, Rows]:
    """Selects of the rows before and after a position in the queue: public id and the order's values."""
    keys = sort.keys(actor.language)
    values = read_cursor(position, keys)
    if values is None:
        return {}
    columns = (R.public_id, *(key.column.label(f"key_{n}") for n, key in enumerate(keys)))
    return {
        name: joined(*columns).where(
            R.id.in_(Window(filters, actor, sort, position=values, backwards=backwards).ids(1))
        )
        for name, backwards in (("earlier", True), ("later", False))
    }


MOST_EXPORTED = 10_000


def leaving(query: str, *, actor: Actor, with_confidential: bool) -> list[Any]:
    """Ids and markings of what a filter (its address) finds and lets leave as a file, the first in its order."""
    arguments = dict(parse_qsl(query))
    filters, sort = Filters.read(arguments), Sort.read(arguments.get("sort", ""))
    order = [key.order(False) for key in sort.keys(actor.language)]
    found = ordered(filters, actor, sort, R.id, R.marking).where(_may_leave(with_confidential))
    return list(db.session.execute(found.order_by(*order).limit(MOST_EXPORTED)))


def export_rows(ids: Sequence[int], *, actor: Actor, sort: Sort, with_confidential: bool) -> list[Any]:
    """The rows of a file: those of the requests with these ids that may still leave and that the actor sees."""
    keys = sort.keys(actor.language)
    rows = _select(keys).where(R.id.in_(ids), visible_to(actor), _may_leave(with_confidential))
    return list(db.session.execute(rows.order_by(*(key.order(False) for key in keys))))


def _may_leave(with_confidential: bool) -> sa.ColumnElement[bool]:
    """Strictly confidential requests never leave, confidential ones when asked for."""
    return R.marking.in_([Marking.UNCLASSIFIED, *([Marking.CONFIDENTIAL] if with_confidential else [])])
