"""Everything that a page about one request shows, in three statements whatever the request holds."""

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, Office, Organisation, Person
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import (
    Activity,
    AssistanceRequest,
    Attachment,
    Beneficiary,
    BudgetLine,
    Clarification,
    Clock,
    CoDrafter,
    Confirmation,
    Consent,
    Decision,
    NoteVerbale,
    Question,
    RequestArea,
)
from tracker.events import Event, events_about, sentences
from tracker.extensions import db
from tracker.files.models import File
from tracker.gather import gather
from tracker.reference.models import Area, ExchangeRate, Holiday, Session

R = AssistanceRequest
# Made once: SQLAlchemy adapts every column of an alias anew.
DRAFTER, AUTHORITY, JOINED = sa.orm.aliased(Person), sa.orm.aliased(Person), sa.orm.aliased(R)
MOST_EVENTS = 40
Query = sa.Select[*tuple[Any, ...]]


def parts_of(assistance_request: R) -> Any:
    """The lists that belong to a request the actor may see, each sorted; one statement.

    Internal papers and internal events are left out: this is what the State sees.
    """
    found = gather(**_content(assistance_request), **_life(assistance_request))
    for name, key in _ORDER.items():
        found[name].sort(key=key)
    page = SimpleNamespace(**found)
    page.owner = page.owner[0]
    page.session = page.session[0] if page.session else None
    page.rate = page.rate[0] if page.rate else None
    page.holidays = frozenset(row.day for row in page.holidays)
    return page


_ORDER: dict[str, Any] = {
    "areas": lambda row: row.code,
    "beneficiaries": lambda row: row.position,
    "budget_lines": lambda row: row.position,
    "papers": lambda row: row.id,
    "notes": lambda row: -row.id,
    "consents": lambda row: (row.audience, row.id),
    "questions": lambda row: (-row.clarification_id, row.position, row.id),
    "clocks": lambda row: row.id,
    "activities": lambda row: row.id,
    "terms": lambda row: -row.id,
    "events": lambda row: -row.id,
    "co_drafters": lambda row: row.name,
}


def _content(r: R) -> dict[str, Query]:
    """What the request says."""
    return {
        "areas": sa.select(Area.code, Area.name_en, Area.name_fr)
        .join(RequestArea, RequestArea.area_code == Area.code)
        .where(RequestArea.request_id == r.id),
        "beneficiaries": sa.select(Beneficiary.position, Beneficiary.name).where(Beneficiary.request_id == r.id),
        "budget_lines": sa.select(BudgetLine.position, BudgetLine.label, BudgetLine.amount_minor).where(
            BudgetLine.request_id == r.id
        ),
        "papers": sa.select(Attachment.id, Attachment.label, File.public_id, File.name, File.kind, File.size)
        .join(File, File.id == Attachment.file_id)
        .where(Attachment.request_id == r.id, ~Attachment.internal),
        "session": sa.select(
            Session.code,
            Session.title_en,
            Session.title_fr,
            Session.starts_on,
            Session.ends_on,
            Session.city,
            Session.city_fr,
            Session.closing_on,
        ).where(Session.id == r.session_id),
        "rate": sa.select(ExchangeRate.units_per_usd, ExchangeRate.valid_from, ExchangeRate.source).where(
            ExchangeRate.id == r.usd_rate_id
        ),
        "owner": _owner(r),
    }


def _owner(r: R) -> Query:
    """The State, the drafting office, and the people behind the request, by name."""
    return (
        sa.select(
            Organisation.code,
            Organisation.name,
            Organisation.state_iso3,
            Office.name.label("office"),
            DRAFTER.name.label("drafter"),
            AUTHORITY.name.label("authority"),
        )
        .select_from(Organisation)
        .outerjoin(Office, Office.id == r.office_id)
        .outerjoin(DRAFTER, DRAFTER.id == r.drafter_id)
        .outerjoin(AUTHORITY, AUTHORITY.id == r.authorised_by_id)
        .where(Organisation.id == r.organisation_id)
    )


def _life(r: R) -> dict[str, Query]:
    """What happened to the request and what runs."""
    return {
        "notes": _notes(r),
        "questions": _questions(r),
        "clocks": sa.select(
            Clock.id,
            Clock.name,
            Clock.working_days,
            Clock.started_at,
            Clock.due_at,
            Clock.days_left,
            Clock.paused_at,
            Clock.stopped_at,
        ).where(Clock.request_id == r.id),
        "consents": sa.select(Consent.id, Consent.field, Consent.audience, Consent.given_at).where(
            Consent.request_id == r.id, Consent.revoked_at.is_(None)
        ),
        "holidays": sa.select(Holiday.day).where(Holiday.ended_at.is_(None)),
        "activities": _activities(r),
        "joined": _joined(r),
        "terms": _terms(r),
        "events": _events(r),
        "co_drafters": sa.select(Person.name, Person.public_id)
        .join(CoDrafter, CoDrafter.person_id == Person.id)
        .where(CoDrafter.request_id == r.id),
    }


def _notes(r: R) -> Query:
    return (
        sa.select(
            NoteVerbale.id,
            NoteVerbale.issuer,
            NoteVerbale.reference,
            NoteVerbale.dated,
            NoteVerbale.verified_at,
            NoteVerbale.returned_at,
            NoteVerbale.return_reason,
            File.public_id,
            File.name,
            File.kind,
            File.size,
        )
        .outerjoin(File, File.id == NoteVerbale.file_id)
        .where(NoteVerbale.request_id == r.id)
    )


def _questions(r: R) -> Query:
    return (
        sa.select(
            Question.id,
            Question.clarification_id,
            Question.position,
            Question.field,
            Question.text,
            Question.language,
            Question.answer,
            Question.answer_language,
            Question.before,
            Question.after,
            Clarification.asked_at,
            Clarification.answered_at,
        )
        .join(Clarification, Clarification.id == Question.clarification_id)
        .where(Clarification.request_id == r.id)
    )


def _activities(r: R) -> Query:
    return (
        sa.select(
            Activity.id,
            Activity.public_id,
            Activity.title,
            Activity.language,
            Activity.planned_on,
            Activity.place,
            Activity.delivered_on,
            Activity.recorded_at,
            Activity.result,
            Activity.women,
            Activity.men,
            Activity.not_stated,
            File.public_id.label("file_id"),
            File.name.label("file_name"),
            Confirmation.rating,
            Confirmation.comment,
            Confirmation.language.label("comment_language"),
            Confirmation.confirmed_at,
        )
        .outerjoin(Confirmation, Confirmation.activity_id == Activity.id)
        .outerjoin(File, File.id == Activity.file_id)
        .where(Activity.request_id == r.id)
    )


def _joined(r: R) -> Query:
    """The request that this one was joined with, when it was."""
    return (
        sa.select(JOINED.public_id, JOINED.reference)
        .join(Decision, Decision.merged_into_id == JOINED.id)
        .where(Decision.id == r.decision_id)
    )


def newest_events(assistance_request: R, limit: int, *, for_staff: bool = False) -> list[Any]:
    """The newest events of the request itself that the State may know of, newest first; staff read who of the office
    it was. What happens to its money changes nothing in it."""
    own = Event.subject_type == R.__event_subject__, Event.subject_id == assistance_request.id
    return list(db.session.execute(_events(assistance_request, for_staff=for_staff).where(*own).limit(limit)))


def _terms(r: R) -> Query:
    """The acceptance and its amendments as they were signed; the newest is in force."""
    columns = ("id", "amends_id", "amount_minor", "scope", "scope_language", "conditions", "conditions_language")
    return sa.select(
        *(getattr(Decision, name) for name in columns), Decision.reasons, Decision.language, Decision.signed_at
    ).where(Decision.request_id == r.id, Decision.outcome == Outcome.ACCEPTED, Decision.signed_at.is_not(None))


def _events(r: R, *, for_staff: bool = False) -> Query:
    """The newest events that the State may know of, with who acted: own people by name, others by organisation."""
    own = Membership.organisation_id == r.organisation_id
    return (
        sa.select(
            Event.id,
            Event.name,
            Event.at,
            Event.data,
            (Person.name if for_staff else sa.case((own, Person.name), else_=None)).label("person"),
            Organisation.kind.label("side"),
            Office.name.label("office"),
        )
        .outerjoin(Membership, Membership.id == Event.actor_membership_id)
        .outerjoin(Person, Person.id == Event.actor_person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Office, Office.id == Membership.office_id)
        .where(
            Event.id.in_(events_about(R.__event_subject__, r.id)),
            Event.name.in_(sentences.names(office=False)),
        )
        .order_by(Event.id.desc())
        .limit(MOST_EVENTS)
    )
