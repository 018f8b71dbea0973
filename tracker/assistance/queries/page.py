"""Everything that a page about one request shows, in three statements whatever the request holds."""

from itertools import groupby
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Membership, Office, Organisation, Person
from tracker.assistance import message_kinds
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import (
    Activity,
    AssistanceRequest,
    Attachment,
    Clarification,
    CoDrafter,
    Confirmation,
    Consent,
    Decision,
    Erasure,
    GivenReason,
    RequestCopy,
)
from tracker.assistance.queries import request_lists
from tracker.database.one_statement import Rows, read_in_one_statement
from tracker.events import Event, sentences
from tracker.extensions import db
from tracker.files.models import File
from tracker.reference.models import ExchangeRate

R = AssistanceRequest
EARLIER = sa.orm.aliased(R)  # made once: SQLAlchemy adapts every column of an alias anew
# Made once: SQLAlchemy adapts every column of an alias anew.
DRAFTER, AUTHORITY = sa.orm.aliased(Person), sa.orm.aliased(Person)
MOST_EVENTS = 40
"""So many events of its history a State reads at most; one more is read, to know whether there are older ones."""


def parts_of(assistance_request: R) -> Any:
    """The lists that belong to a request the actor may see, each sorted; one statement.

    Internal papers and internal events are left out: this is what the State sees.
    """
    found = read_in_one_statement(**_selects(assistance_request))
    for name, key in _ORDER.items():
        found[name].sort(key=key)
    page = SimpleNamespace(**found)
    page.owner = page.owner[0]
    # the acceptance and its amendments as they were signed; the newest is in force
    page.terms = [row for row in page.decisions if row.outcome == Outcome.ACCEPTED]
    asked = groupby(page.questions, key=lambda question: question.clarification_id)
    page.rounds = [(questions[0], questions) for questions in (list(group) for _id, group in asked)]
    page.people = {row.id: row.name for row in page.people}
    page.session = page.session[0] if page.session else None
    page.rate = page.rate[0] if page.rate else None
    page.holidays = frozenset(row.day for row in page.holidays)
    return page


_ORDER: dict[str, Any] = {
    "areas": lambda row: row.code,
    "beneficiaries": lambda row: row.position,
    "budget_lines": lambda row: row.position,
    "papers": lambda row: row.id,
    "messages": lambda row: row.id,
    "messages_owed": lambda row: row.id,
    "message_papers": lambda row: row.id,
    "notes": lambda row: -row.id,
    "consents": lambda row: (row.audience, row.id),
    "questions": lambda row: (-row.clarification_id, row.position, row.id),
    "clocks": lambda row: row.id,
    "activities": lambda row: row.id,
    "decisions": lambda row: -row.id,
    "reasons": lambda row: row.id,
    "erasures": lambda row: row.id,
    "events": lambda row: -row.id,
    "co_drafters": lambda row: row.name,
}


def _selects(r: R) -> dict[str, Rows]:
    """What the request says, what happened to it, and what runs, as the State may see it."""
    return {
        **request_lists.same_for_both(r),
        "papers": request_lists.papers(r.id).where(~Attachment.internal),
        "owner": _owner(r),
        "notes": request_lists.notes_verbales(r.id).add_columns(*request_lists.file_columns()),
        "questions": _questions(r),
        "clocks": request_lists.clocks(r.id),
        "consents": request_lists.consents(r.id).where(Consent.revoked_at.is_(None)),
        "activities": request_lists.activities(r.id).add_columns(File.public_id.label("file_id")),
        "joined": _joined(r),
        "copy": _copy(r),
        "decisions": request_lists.decisions(r.id).where(Decision.signed_at.is_not(None)),
        "reasons": request_lists.reasons(r.id),
        "erasures": request_lists.erasures(r.id).where(Erasure.confirmed_at.is_not(None)),
        "people": _people(r),
        **request_lists.messages_on_page(r.id),
        "events": _events(r),
        "co_drafters": sa.select(Person.name, Person.public_id)
        .join(CoDrafter, CoDrafter.person_id == Person.id)
        .where(CoDrafter.request_id == r.id),
    }


def _owner(r: R) -> Rows:
    """The State, the drafting office, and the people behind the request, by name."""
    return (
        request_lists.owner(r)
        .add_columns(DRAFTER.name.label("drafter"), AUTHORITY.name.label("authority"))
        .outerjoin(DRAFTER, DRAFTER.id == r.drafter_id)
        .outerjoin(AUTHORITY, AUTHORITY.id == r.authorised_by_id)
    )


def _questions(r: R) -> Rows:
    """Questions and answers with their rounds."""
    names = ("asked_by_id", "asked_at", "answered_by_id", "answered_at", "handed_over_by_id", "handed_over_at")
    return request_lists.questions(r.id).add_columns(*request_lists.columns_of(Clarification, *names))


def _people(r: R) -> Rows:
    """The names of the State's own people who said something about the request."""
    said: Any = sa.union(
        sa.select(GivenReason.given_by_id).where(GivenReason.request_id == r.id),
        sa.select(Attachment.struck_by_id).where(Attachment.request_id == r.id),
        sa.select(Clarification.answered_by_id).where(Clarification.request_id == r.id),
        sa.select(Clarification.handed_over_by_id).where(Clarification.request_id == r.id),
        sa.select(Confirmation.confirmed_by_id)
        .join(Activity, Activity.id == Confirmation.activity_id)
        .where(Activity.request_id == r.id),
    )
    own = sa.exists().where(Membership.person_id == Person.id, Membership.organisation_id == r.organisation_id)
    return sa.select(Person.id, Person.name).where(Person.id.in_(said), own)


def _copy(r: R) -> Rows:
    """The earlier request of which this one began as a copy, and what was taken over."""
    return (
        sa.select(RequestCopy.copied, RequestCopy.left_out, EARLIER.public_id, EARLIER.reference, EARLIER.title)
        .join(EARLIER, EARLIER.id == RequestCopy.from_id)
        .where(RequestCopy.request_id == r.id)
    )


def _joined(r: R) -> Rows:
    """The request that this one was joined with, when it was."""
    joined = request_lists.JOINED
    return (
        sa.select(joined.public_id, joined.reference)
        .join(Decision, Decision.merged_into_id == joined.id)
        .where(Decision.id == r.decision_id)
    )


def newest_events(assistance_request: R, limit: int, *, for_staff: bool = False) -> list[Any]:
    """The newest events of the request itself that the State may know of, newest first; staff read who of the office
    it was. What happens to its money and what is said in messages changes nothing in it."""
    own = (
        Event.subject_type == R.__event_subject__,
        Event.subject_id == assistance_request.id,
        Event.name.not_in(sorted(message_kinds.EVENTS)),
    )
    return list(db.session.execute(_events(assistance_request, for_staff=for_staff).where(*own).limit(limit)))


def _events(r: R, *, for_staff: bool = False) -> Rows:
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
            request_lists.is_about(r.id),
            Event.name.in_(sentences.names(office=False)),
        )
        .order_by(Event.id.desc())
        .limit(MOST_EVENTS + 1)
    )


def rate_used(assistance_request: R) -> ExchangeRate | None:
    """The rate at which the request's amount was counted in dollars, or None: for a page that loads no `parts_of`."""
    return db.session.get(ExchangeRate, assistance_request.usd_rate_id) if assistance_request.usd_rate_id else None
