"""What the rules ask of a request, read in one statement: a fact that was not read cannot be asked."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, Person
from tracker.assistance.lifecycle import Marking, Outcome, Status
from tracker.assistance.models import AssistanceRequest, Clock, Decision, Erasure, Recusal
from tracker.assistance.queries.nobody import has_no_officer
from tracker.database.columns import BigId
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.rights.rules import Facts

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """A decision as it was prepared and, when it is in force, signed; the fields are the columns of `Decision`."""

    id: int
    public_id: uuid.UUID
    request_id: int
    kind: str
    outcome: Outcome
    amount_minor: int | None
    before_rounds: bool
    scope: str
    scope_language: str
    conditions: str
    conditions_language: str
    reasons: str
    amount_reason: str
    language: str
    human_rights: str
    human_rights_language: str
    amends_id: int | None
    referred_to: str
    state_agreed_on: date | None
    merged_into_id: int | None
    prepared_by_id: int
    prepared_at: datetime
    signed_by_id: int | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RuleFacts(Facts):
    """What rules ask of one request. No field has a default: what was not loaded is an error, never a yes.

    `arrived` says that the office received it once. `reopen_until` is when the running time for a second look ends,
    `recused_ids` are the people with a conflict of interest, `unreached` says that it is not known yet that the State
    was reached, `single_person` that it has one person with an open account or none, `erasure_proposed_by_id` who
    proposed the removal that waits for a second person. `decision` is the one in force, `prepared_decision` the one
    that waits for a signature.
    """

    request_id: int
    status: Status
    arrived: bool
    organisation_id: int
    drafter_id: int | None
    marking: Marking
    assigned_to_id: int | None
    reference: str | None
    reopened_at: datetime | None
    reopen_until: datetime | None
    recused_ids: frozenset[int]
    unreached: bool
    single_person: bool
    erasure_proposed_by_id: int | None
    decision: DecisionFacts | None
    prepared_decision: DecisionFacts | None

    def by_name(self) -> dict[str, Any]:
        """Every fact by its name, to build the facts of an act that needs one more."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def with_changes(self, changed_fields: Iterable[str]) -> "AnswerFacts":
        """The facts of an answer that changes these fields; none while it is only kept or looked at."""
        return AnswerFacts(**self.by_name(), changed_fields=frozenset(changed_fields))


@dataclass(frozen=True, slots=True)
class AnswerFacts(RuleFacts):
    """The same for an answer to a clarification: `changed_fields` are the fields whose value it changes."""

    changed_fields: frozenset[str]


def rule_facts_of(request_id: int) -> RuleFacts:
    """The facts of one request that the actor may see. One statement. Raises NotFound when it is gone."""
    found = rule_facts_of_many([request_id])
    if request_id not in found:
        raise NotFound
    return found[request_id]


def rule_facts_of_many(request_ids: Collection[int]) -> dict[int, RuleFacts]:
    """The facts of many requests by row id; one statement for all of them, one that is gone is left out."""
    rows = db.session.execute(statement(), {"request_ids": list(request_ids)})
    return built(rows.mappings().all())


def built(rows: Sequence[sa.RowMapping]) -> dict[int, RuleFacts]:
    """Facts from the rows of `statement()`, by row id. Raises KeyError where a column was not read."""
    return {request_id: _built_one(list(mine)) for request_id, mine in groupby(rows, lambda row: row["request_id"])}


def _built_one(rows: list[sa.RowMapping]) -> RuleFacts:
    """The rows of one request: one for each of its decisions in question, or a single one without."""
    row, standing_id = rows[0], rows[0]["standing_id"]
    decisions = [found for found in map(_decision, rows) if found is not None]
    return RuleFacts(
        request_id=row["request_id"],
        status=Status(row["status"]),
        arrived=row["submitted_at"] is not None,
        organisation_id=row["organisation_id"],
        drafter_id=row["drafter_id"],
        marking=Marking(row["marking"]),
        assigned_to_id=row["assigned_to_id"],
        reference=row["reference"],
        reopened_at=row["reopened_at"],
        reopen_until=row["reopen_until"],
        recused_ids=frozenset(int(person_id) for person_id in (row["recused_ids"] or "").split(",") if person_id),
        unreached=bool(row["unreached"]),
        single_person=row["people"] <= 1,
        erasure_proposed_by_id=row["erasure_proposed_by_id"],
        decision=next((found for found in decisions if found.id == standing_id), None),
        prepared_decision=next((found for found in decisions if found.signed_at is None), None),
    )


def _decision(row: sa.RowMapping) -> DecisionFacts | None:
    """The decision of a row; every column is read, also where the row has none."""
    columns = {field.name: row[f"decision_{field.name}"] for field in fields(DecisionFacts)}
    if columns["id"] is None:
        return None
    return DecisionFacts(**(columns | {"outcome": Outcome(columns["outcome"])}))


@cache
def statement() -> sa.Select[Any]:
    """Built once: every page and every act on a request asks this. Takes `request_ids`."""
    open_to_signature = sa.and_(Decision.signed_at.is_(None), Decision.dropped_at.is_(None))
    own: tuple[Any, ...] = (R.status, R.submitted_at, R.organisation_id, R.drafter_id, R.marking)
    own += (R.reference, R.reopened_at)
    in_question = sa.or_(Decision.id == R.decision_id, open_to_signature)
    return (
        sa.select(
            R.id.label("request_id"),
            *own,
            sa.case((~has_no_officer(), R.assigned_to_id)).label("assigned_to_id"),
            R.decision_id.label("standing_id"),
            _end_of_reopening().label("reopen_until"),
            _recused().label("recused_ids"),
            unreached().label("unreached"),
            _people_of_the_state().label("people"),
            _proposer_of_erasure().label("erasure_proposed_by_id"),
            *(getattr(Decision, field.name).label(f"decision_{field.name}") for field in fields(DecisionFacts)),
        )
        .outerjoin(Decision, sa.and_(Decision.request_id == R.id, in_question))
        .where(R.id.in_(sa.bindparam("request_ids", type_=BigId, expanding=True)))
        .order_by(R.id)
    )


def _end_of_reopening() -> sa.ScalarSelect[Any]:
    """At most one clock of a name runs."""
    running = Clock.request_id == R.id, Clock.name == "reopen", Clock.stopped_at.is_(None)
    return sa.select(Clock.due_at).where(*running).correlate(R).scalar_subquery()


def _proposer_of_erasure() -> sa.ScalarSelect[Any]:
    """Of a request at most one removal waits."""
    waits = Erasure.request_id == R.id, Erasure.confirmed_at.is_(None), Erasure.dropped_at.is_(None)
    return sa.select(Erasure.proposed_by_id).where(*waits).correlate(R).scalar_subquery()


def _recused() -> sa.ScalarSelect[Any]:
    """Row ids of people, between commas."""
    ids = sa.func.aggregate_strings(sa.cast(Recusal.person_id, sa.String), ",")
    return sa.select(ids).where(Recusal.request_id == R.id).correlate(R).scalar_subquery()


def unreached() -> sa.ColumnElement[bool]:
    """Whether it is not known yet that the State was reached: no letter came through, or its time to answer has not
    begun."""
    running = sa.exists().where(Clock.request_id == R.id, Clock.name == "answer", Clock.stopped_at.is_(None))
    return sa.or_(R.unreached_since.is_not(None), sa.and_(R.status == Status.CLARIFICATION, ~running))


def _people_of_the_state() -> sa.ScalarSelect[Any]:
    """How many people of the request's organisation can act today."""
    return (
        sa.select(sa.func.count(sa.distinct(Membership.person_id)))
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == R.organisation_id,
            Membership.ended_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .correlate(R)
        .scalar_subquery()
    )
