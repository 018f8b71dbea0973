"""Reading annual reports, each limited to what its reader may know."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.accounts.queries.aliases import HOME_ID, ids_of
from tracker.assistance.fields.table import shown_with
from tracker.assistance.models import Activity, AssistanceRequest, Confirmation
from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.participation.seats.queries import Genders, genders_of, seats_paid_by
from tracker.pledges.models import Act, Pledge
from tracker.pledges.queries.needs import agreed_fields
from tracker.pledges.queries.visible import may_describe
from tracker.rights.actor import Actor
from tracker.statements.annual.models import AnnualReport
from tracker.statements.annual.reading import as_donor, pledges_with_money
from tracker.statements.periods import Period

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Result:
    """Something that was given in the year, for a request that this money paid. `title` and the State's own `words` are
    there where the State agrees today to show donors the title, the summary."""

    request: int
    iso3: str
    on: date | None
    planned_on: date | None
    title: str
    people: int
    women: int
    rating: int | None
    words: str


def get_donor(public_id: uuid.UUID, actor: Actor) -> Organisation:
    """A donor of whose money something is kept here, its own people or the office asking. Raises NotFound."""
    mine = sa.true() if actor.is_staff else Organisation.id.in_(ids_of(actor.organisation_id))
    found = db.session.scalars(sa.select(Organisation).where(Organisation.public_id == public_id, mine)).one_or_none()
    if found is None or first_year_of(found.id) is None:
        raise NotFound
    return found


def first_year_of(organisation_id: int) -> int | None:
    """The year in which a donor's first pledge was accepted; None before."""
    own = Pledge.organisation_id.in_(ids_of(organisation_id))
    began = db.session.scalar(sa.select(sa.func.min(Act.at)).join(Pledge, Pledge.id == Act.pledge_id).where(own))
    return None if began is None else day_of(began).year


def period_of(organisation_id: int, year: int) -> Period:
    """The days of a donor's report: the year, of the present one until today. Raises NotFound for a year before its
    first or to come."""
    first = first_year_of(organisation_id)
    if first is None or not first <= year <= today().year:
        raise NotFound
    return Period(date(year, 1, 1), min(date(year, 12, 31), today()))


def donors(actor: Actor) -> list[tuple[Organisation, list[int]]]:
    """The donors whose reports the actor may read (its own; the office all with money kept here), each with the years
    of which there can be one, the latest first."""
    began = (
        sa.select(HOME_ID.label("home_id"), sa.func.min(Act.at).label("at"))
        .select_from(Act)
        .join(Pledge, Pledge.id == Act.pledge_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .group_by(HOME_ID)
        .subquery()
    )
    mine = sa.true() if actor.is_staff else Organisation.id == actor.organisation_id
    rows = sa.select(Organisation, began.c.at).join(began, began.c.home_id == Organisation.id).where(mine)
    last = today().year
    return [
        (donor, list(range(last, day_of(at).year - 1, -1)))
        for donor, at in db.session.execute(rows.order_by(Organisation.name))
    ]


def report_of(organisation_id: int, year: int) -> AnnualReport | None:
    """The report as it is kept; None before anybody asked for it."""
    mine = sa.and_(AnnualReport.organisation_id == organisation_id, AnnualReport.year == year)
    return db.session.scalars(
        sa.select(AnnualReport).where(mine).execution_options(populate_existing=True)
    ).one_or_none()


def under_way(report: AnnualReport | None) -> uuid.UUID | None:
    """The work that counts a report now; None where none does."""
    if report is None:
        return None
    open_ = sa.and_(Job.public_id == report.job_public_id, Job.status.in_(("queued", "running")))
    return db.session.scalar(sa.select(Job.public_id).where(open_))


def known_to(actor: Actor, organisation_id: int, request_ids: Collection[int]) -> set[int]:
    """Which of these requests the donor may know, and whoever of the office reads its report."""
    limits = [may_describe(as_donor(organisation_id))]
    if actor.is_staff:
        limits.append(may_describe(actor))
    return set(db.session.scalars(sa.select(R.id).where(R.id.in_(request_ids), *limits)))


def results_of(request_ids: Collection[int], period: Period) -> list[Result]:
    """What was planned for and given in the year for these requests, with the consents of today."""
    within = [day.between(period.first, period.last) for day in (Activity.delivered_on, Activity.planned_on)]
    statement = (
        sa.select(Activity, Confirmation, agreed_fields().label("agreed"), Organisation.state_iso3)
        .join(R, R.id == Activity.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Confirmation, Confirmation.activity_id == Activity.id)
        .where(R.id.in_(request_ids), sa.or_(*within))
        .order_by(Activity.delivered_on.nulls_last(), Activity.id)
    )
    return [_result(row) for row in db.session.execute(statement)]


def _result(row: Any) -> Result:
    activity, confirmed = row.Activity, row.Confirmation
    shown = shown_with((row.agreed or "").split(","))
    given = activity.delivered_on is not None
    return Result(
        *(activity.request_id, row.state_iso3 or "", activity.delivered_on, activity.planned_on),
        title=activity.title if "title" in shown else "",
        people=activity.women + activity.men + activity.not_stated if given else 0,
        women=activity.women if given else 0,
        rating=confirmed.rating if confirmed else None,
        words=confirmed.comment if confirmed and "objectives" in shown else "",
    )


def genders_by_pledge(organisation_id: int, actor: Actor) -> Sequence[tuple[str, Genders]]:
    """Women and men by pledge over its whole life, as the page of the pledge says it: a total of a year could be
    subtracted from it."""
    reader = actor if actor.is_staff else as_donor(organisation_id)
    found = [(one.reference, genders_of(seats_paid_by(one, reader))) for one in pledges_with_money(organisation_id)]
    return [(reference, genders) for reference, genders in found if genders is not None]
