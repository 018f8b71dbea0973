"""What the pages for many requests at once show: the chosen requests, the workload of each officer, and how many
requests of each marking an export would hold."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import OPEN, Marking
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries.visible import visible_to
from tracker.calendar.now import now
from tracker.database.one_statement import read_in_one_statement
from tracker.extensions import db
from tracker.rights.actor import Actor
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.queries import MOST_EXPORTED, officers_select
from tracker.triage.queue.window import narrowed

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen requests that the actor may see, and who could have them."""

    rows: list[Any]
    officers: list[Any]


@dataclass(frozen=True, slots=True)
class Workload:
    """Who has open work (with `open` and `overdue`), and who could take it."""

    givers: list[Any]
    officers: list[Any]


def selected_requests(public_ids: Sequence[uuid.UUID], *, actor: Actor) -> Selection:
    """The chosen requests in the order of their references; one statement."""
    rows = (
        sa.select(
            R.public_id,
            R.reference,
            R.title,
            R.language,
            R.status,
            Organisation.state_iso3,
            Person.name.label("officer"),
        )
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Person, Person.id == R.assigned_to_id)
        .where(R.public_id.in_(public_ids), visible_to(actor))
    )
    found = read_in_one_statement(rows=rows, officers=officers_select())
    return Selection(
        sorted(found["rows"], key=lambda row: row.reference or ""), sorted(found["officers"], key=lambda row: row.name)
    )


def workload(actor: Actor) -> Workload:
    """Open work by officer, as far as the actor sees it; one statement."""
    late = sa.func.sum(sa.case((R.due_at < now(), 1), else_=0))
    held = (
        sa.select(Person.public_id, Person.name, Person.id, sa.func.count().label("open"), late.label("overdue"))
        .join(R, R.assigned_to_id == Person.id)
        .where(R.status.in_(OPEN), visible_to(actor))
        .group_by(Person.public_id, Person.name, Person.id)
    )
    found = read_in_one_statement(givers=held, officers=officers_select())
    return Workload(
        sorted(found["givers"], key=lambda row: row.name), sorted(found["officers"], key=lambda row: row.name)
    )


def by_marking(filters: Filters, *, actor: Actor) -> dict[str, int]:
    """How many requests of a filter have which marking, counted no further than an export goes."""
    here = narrowed(filters, actor, R.marking).limit(MOST_EXPORTED + 1).subquery()
    rows = db.session.execute(sa.select(here.c.marking, sa.func.count()).group_by(here.c.marking)).all()
    return dict.fromkeys(Marking, 0) | {Marking(marking): count for marking, count in rows}
