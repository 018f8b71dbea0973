"""What of requests waits for one person, and what for whoever holds a role: told to those who let people go."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.waiting_work import Held, Leaver, RoleWork
from tracker.assistance.drafting.services import drafted_by, pass_on_drafted
from tracker.assistance.handling.services import pass_on_requests
from tracker.assistance.lifecycle import CLOSED, OPEN, Status
from tracker.assistance.message_kinds import Side
from tracker.assistance.models import AssistanceRequest, Clarification, Decision, Erasure, Message
from tracker.assistance.queries.nobody import is_left_draft
from tracker.assistance.queries.request_lists import is_owed
from tracker.assistance.queries.unconfirmed import waits_for_confirmation
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_WRITERS

R = AssistanceRequest
OFFICERS, WRITERS = frozenset(REQUEST_OFFICERS), frozenset(REQUEST_WRITERS)
MANAGERS, AUTHORITY = frozenset({"programme_manager"}), frozenset({"authorising_officer"})
UNSIGNED = Decision.signed_at.is_(None), Decision.dropped_at.is_(None)
WAITS_FOR_TWO = Erasure.confirmed_at.is_(None), Erasure.dropped_at.is_(None)


def _number(model: Any, *conditions: Any) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(model).where(*conditions).scalar_subquery()


def _assigned(leaver: Leaver) -> sa.ScalarSelect[int]:
    return _number(R, R.assigned_to_id == leaver.person_id, R.status.not_in(CLOSED))


def _drafted(leaver: Leaver) -> sa.ScalarSelect[int]:
    return _number(R, *drafted_by(leaver))


def _prepared(leaver: Leaver) -> sa.ScalarSelect[int]:
    return _number(Decision, Decision.prepared_by_id == leaver.person_id, *UNSIGNED)


def _erasures(leaver: Leaver) -> sa.ScalarSelect[int]:
    return _number(Erasure, Erasure.proposed_by_id == leaver.person_id, *WAITS_FOR_TWO)


HELD = (
    Held(
        "requests",
        OFFICERS,
        N_("Requests assigned to this person"),
        N_("They stand in the list of those that nobody has; every officer is told."),
        _assigned,
        pass_on_requests,
        endpoint="triage.queue",
        place=lambda person: {"officer": person, "status": "all"},
    ),
    Held(
        "drafted",
        WRITERS,
        N_("Requests that this person drafted"),
        N_("Their office and the State's authority go on with them; both are told."),
        _drafted,
        pass_on_drafted,
        endpoint="assistance.index",
    ),
    Held(
        "decisions",
        OFFICERS,
        N_("Decisions and amendments prepared by this person, not signed yet"),
        N_("They stay as they are: a programme manager signs or drops them."),
        _prepared,
        endpoint="triage.queue",
        place=lambda _person: {"unsigned": "1"},
    ),
    Held(
        "erasures",
        OFFICERS,
        N_("Removals of documents proposed by this person"),
        N_("They stay as they are: another officer confirms or drops them."),
        _erasures,
    ),
)


def _of_states(*conditions: Any) -> Rows:
    """Requests that wait for their State, by State."""
    return sa.select(R.organisation_id, sa.func.count().label("number")).where(*conditions).group_by(R.organisation_id)


def _of_the_office(model: Any, *conditions: Any) -> Rows:
    number = sa.select(sa.func.count().label("number")).select_from(model).where(*conditions)
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


def _asked(*, handed_over: bool) -> Rows:
    """Requests with questions that are open, and whether the answers wait for the authority."""
    still_open = Clarification.request_id == R.id, Clarification.answered_at.is_(None)
    handed = sa.exists().where(*still_open, Clarification.handed_over_at.is_not(None)).correlate(R)
    return _of_states(R.status == Status.CLARIFICATION, handed if handed_over else ~handed)


def _owes(side: Side) -> sa.ColumnElement[bool]:
    return sa.exists().where(Message.request_id == R.id, Message.owed_by == side, is_owed()).correlate(R)


FOR_ROLES = (
    RoleWork("drafts", AUTHORITY, N_("Drafts that nobody writes any more"), lambda: _of_states(is_left_draft())),
    RoleWork(
        "authorise",
        AUTHORITY,
        N_("Requests that wait for their authority"),
        lambda: _of_states(R.status == Status.AWAITING_AUTHORISATION),
    ),
    RoleWork("answer", WRITERS, N_("Requests with open questions"), lambda: _asked(handed_over=False)),
    RoleWork("release", AUTHORITY, N_("Answers that wait for the authority"), lambda: _asked(handed_over=True)),
    RoleWork("confirm", WRITERS, N_("Deliveries to confirm"), lambda: _of_states(waits_for_confirmation())),
    RoleWork("reply", WRITERS, N_("Messages to answer"), lambda: _of_states(_owes(Side.STATE))),
    RoleWork("triage", OFFICERS, N_("Open requests"), lambda: _of_the_office(R, R.status.in_(sorted(OPEN)))),
    RoleWork(
        "office_reply", OFFICERS, N_("Messages of States to answer"), lambda: _of_the_office(R, _owes(Side.OFFICE))
    ),
    RoleWork("sign", MANAGERS, N_("Decisions that wait for a signature"), lambda: _of_the_office(Decision, *UNSIGNED)),
)
