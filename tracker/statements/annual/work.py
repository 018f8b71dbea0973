"""The long work of an annual report: everything is counted once, and what came out is kept with the report."""

from typing import Any

import sqlalchemy as sa

from tracker import jobs
from tracker.accounts.models import Organisation
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.languages.marking import N_
from tracker.statements.annual import queries
from tracker.statements.annual.facts import written
from tracker.statements.annual.models import AnnualReport
from tracker.statements.annual.reading import facts_of
from tracker.web.navigation import page_url

COUNT = "statements.annual"
COUNTED = N_("The report of %(year)d is ready.")


def register() -> None:
    """Make the work known."""
    jobs.register(COUNT, label=N_("Counting an annual report"), result_url=_page)(count)


def _page(job: Job) -> str | None:
    rows = sa.select(Organisation.public_id, AnnualReport.year).join(
        Organisation, Organisation.id == AnnualReport.organisation_id
    )
    found = db.session.execute(rows.where(AnnualReport.job_public_id == job.public_id)).one_or_none()
    return page_url("statements.annual_report", public_id=found.public_id, year=found.year) if found else None


def count(work: jobs.Work) -> None:
    """Count the year of the report that waits for this work. Begun anew, it counts what stands then."""
    mine = sa.select(AnnualReport).where(AnnualReport.job_public_id == work.public_id)
    report = db.session.scalars(mine).one_or_none()
    if report is None:
        raise NotFound
    donor_id, year = report.organisation_id, report.year
    facts = facts_of(donor_id, queries.period_of(donor_id, year))
    db.session.rollback()
    work.progress(1, 2)
    keep(work.public_id, written(facts))
    work.progress(2, 2)
    work.say(COUNTED, year=year)


@verb(events=0)
def keep(job_public_id: Any, facts: dict[str, Any]) -> None:
    """Keep what came out; the end of the work is its event."""
    update_where(AnnualReport, AnnualReport.job_public_id == job_public_id, facts=facts, made_at=now())
