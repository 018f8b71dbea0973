"""Having an annual report counted, and explaining what differs from the plan."""

import uuid

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, NotFound, Stale
from tracker.events import record
from tracker.extensions import db
from tracker.jobs import services as jobs
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.statements.annual import queries
from tracker.statements.annual.models import AnnualReport
from tracker.statements.annual.policies import RULES, AnnualAction
from tracker.statements.annual.work import COUNT

MOST = 5000
"""Characters of an explanation."""


@verb(events=0)
def ask_for_annual_report(public_id: uuid.UUID, year: int, *, actor: Actor) -> str:
    """Have a worker count a donor's year as it stands now; gives the public id of the work, whose event it is. Raises
    Conflict while the same report is being counted."""
    donor = queries.get_donor(public_id, actor)
    authorize(RULES, AnnualAction.COUNT, actor, None)
    queries.period_of(donor.id, year)
    # Two who ask at once come one after the other.
    db.session.execute(sa.select(Organisation.id).where(Organisation.id == donor.id).with_for_update())
    report = queries.report_of(donor.id, year)
    if queries.under_way(report) is not None:
        raise Conflict(lazy("This report is being counted already."))
    job = jobs.start(COUNT, {}, actor=actor)
    if report is None:
        db.session.add(AnnualReport(organisation_id=donor.id, year=year, job_public_id=uuid.UUID(job)))
    else:
        update_where(AnnualReport, AnnualReport.id == report.id, job_public_id=uuid.UUID(job))
    return job


@verb
def explain_deviations(public_id: uuid.UUID, year: int, *, actor: Actor, version: int | None, text: str) -> None:
    """Say in a report what differs from the plan, and why; an empty text takes back what was said. Raises Stale when a
    colleague wrote there meanwhile."""
    donor = queries.get_donor(public_id, actor)
    authorize(RULES, AnnualAction.EXPLAIN, actor, None)
    report, said = queries.report_of(donor.id, year), text.strip()
    if report is None:
        raise NotFound
    if len(said) > MOST:
        raise Invalid(fields={"explanation": lazy("Use at most %(limit)s characters.", limit=MOST)})
    changed = update_where(
        AnnualReport,
        AnnualReport.id == report.id,
        AnnualReport.version == (report.version if version is None else version),
        explanation=said,
        language=current_language(),
        explained_at=now() if said else None,
        explained_by_id=actor.person_id,
        version=AnnualReport.version + 1,
    )
    if not changed:
        raise Stale(
            lazy("A colleague changed this text while you had it open."), theirs={"explanation": report.explanation}
        )
    record("statements.deviations_explained", report, actor=actor, organisation_id=donor.id, year=year)
