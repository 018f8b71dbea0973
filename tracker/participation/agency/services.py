"""Keeping the lines of a statement, saying why one differs, and giving up a refund. No money moves here."""

import uuid
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.imports import runs
from tracker.imports.report import Done, Report
from tracker.imports.runs import Progress, no_progress
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.agency import queries, refunds
from tracker.participation.agency.imports import StatementRows, sort_out
from tracker.participation.agency.models import AgencyLine, RefundNotAwaited
from tracker.participation.agency.policies import RULES, AgencyAction, LineFacts, RefundFacts
from tracker.participation.offers.services.moving import hold_requests
from tracker.pledges.services.promises import required_reason
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

WHAT = "agency_statement"


def examine(rows: StatementRows, *, progress: Progress = no_progress) -> Report:
    """What an import would do, without doing it."""
    progress(0, len(rows))
    return sort_out(rows).report


def import_statement(rows: StatementRows, *, actor: Actor, **run: Any) -> dict[str, Any]:
    """Keep the new lines; gives the report as data. Repeating a run changes nothing."""
    return runs.take_whole(
        WHAT, rows, take=lambda run_id: take_statement(rows, run_id=run_id), end=end_statement, actor=actor, **run
    )


@verb(events=0)
def take_statement(rows: StatementRows, *, run_id: int) -> Report:
    """Write every new line of a file, in one transaction; whoever comes second finds what the first took."""
    runs.begin_part(run_id)
    found = sort_out(rows, run_id)
    begun = db.session.scalar(sa.select(sa.exists().where(AgencyLine.import_run_id == run_id)))
    for stated, ticket in () if begun else found.new:
        journey_id = ticket.journey_id if ticket is not None else None
        db.session.add(AgencyLine(**asdict(stated), import_run_id=run_id, journey_id=journey_id))
    db.session.flush()
    return found.report


@verb
def end_statement(run_id: int, report: Report, *, actor: Actor, status: str) -> None:
    """Close a run, with one event."""
    mine = sa.select(sa.func.count()).where(AgencyLine.import_run_id == run_id)
    run = runs.end(run_id, report, taken=db.session.scalar(mine) or 0, status=status)
    imported = report.counts[Done.IMPORTED]
    events.record("participation.statement_imported", run, actor=actor, rows=report.total, imported=imported)


@verb
def explain_line(public_id: uuid.UUID, *, actor: Actor, version: int | None, remark: str) -> str:
    """Say why a line of a statement differs, so that it waits no more; gives its public id."""
    found = queries.get_line(public_id, actor)
    authorize(RULES, AgencyAction.EXPLAIN, actor, LineFacts(is_open=found.is_open))
    facts = {"remark": required_reason(remark), "remarked_by_id": actor.person_id, "remarked_at": now()}
    seen = found.line.version if version is None else version
    same = AgencyLine.id == found.line.id, AgencyLine.version == seen, AgencyLine.remark.is_(None)
    if not update_where(AgencyLine, *same, version=AgencyLine.version + 1, **facts):
        raise Stale(lazy("Somebody changed this while you had the page open."))
    events.record("participation.agency_line_explained", found.line, actor=actor)
    return str(public_id)


@verb
def give_up_refund(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, amount_minor: int | None, reason: str
) -> str:
    """Say that the refund of `amount_minor`, which the reader has seen, does not come; gives the seat's public id.
    Raises Conflict where another amount is expected by now."""
    hold_requests({refunds.of_seat(public_id, actor).request.id})
    found = refunds.of_seat(public_id, actor)
    authorize(RULES, AgencyAction.GIVE_UP, actor, RefundFacts(found.amount_minor > 0, found.is_settled))
    if version is not None and version != found.seat.version:
        raise Stale(lazy("Somebody changed this while you had the page open."))
    if amount_minor is not None and amount_minor != found.amount_minor:
        amount = format_money(found.amount_minor, FUND_CURRENCY)
        raise Conflict(lazy("%(amount)s is expected by now: look at it again.", amount=amount))
    why = required_reason(reason)
    db.session.add(
        RefundNotAwaited(seat_id=found.seat.id, amount_minor=found.amount_minor, reason=why, by_id=actor.person_id)
    )
    events.record(
        "participation.refund_given_up",
        found.request,
        actor=actor,
        seat_ids=[found.seat.id],
        delegate_ids=[found.person.id],
        amount_minor=found.amount_minor,
    )
    return str(public_id)
