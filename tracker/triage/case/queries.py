"""Everything that the office's page of one request shows beside the request itself, in one statement."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation, Person
from tracker.assistance import clocks
from tracker.assistance.models import (
    Activity,
    AssistanceRequest,
    Attachment,
    Clarification,
    Clock,
    Confirmation,
    Decision,
    Erasure,
    GivenReason,
    InternalNote,
    NoteVerbale,
    Recusal,
)
from tracker.assistance.queries import request_lists
from tracker.assistance.queries.request_lists import MESSAGES_SHOWN
from tracker.assistance.waiting import submitted_on
from tracker.calendar.now import today
from tracker.database.one_statement import Rows, read_in_one_statement
from tracker.events import Event
from tracker.notifications import letters
from tracker.reference import country_lists
from tracker.reference.models import State
from tracker.rights.actor import Actor
from tracker.triage.case.lists import lists_of
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.queries import officers_select, previous_and_next_selects

R = AssistanceRequest
MOST_LETTERS = 8
"""So many of the newest mails the page shows; the others have a page of their own."""


@dataclass(frozen=True, slots=True)
class StaffPage:
    """What belongs to one request, as rows in the order in which they are shown. `people` are names by id."""

    whose: Any
    session: Any
    areas: list[Any]
    beneficiaries: list[Any]
    budget_lines: list[Any]
    attachments: list[Any]
    notes_verbales: list[Any]
    clocks: list[clocks.Reading]
    pauses: list[Any]
    rate: Any
    rounds: list[tuple[Any, list[Any]]]
    decisions: list[Any]
    notes: list[Any]
    recusals: list[Any]
    activities: list[Any]
    reasons: list[Any]
    erasures: list[Any]
    consents: list[Any]
    happenings: list[Any]
    messages: list[Any]
    messages_owed: list[Any]
    message_papers: list[Any]
    people: dict[int, str]
    officers: list[Any]
    given: list[Any]
    counts: Any
    earlier: uuid.UUID | None
    earlier_at: list[Any]
    later: uuid.UUID | None
    later_at: list[Any]
    letters: list[Any]
    holidays: frozenset[date]

    @property
    def newest_messages(self) -> list[Any]:
        """The messages that the page shows, in the order in which they were written."""
        return self.messages[-MESSAGES_SHOWN:]

    @property
    def older_messages(self) -> bool:
        """Whether there are older ones."""
        return len(self.messages) > MESSAGES_SHOWN

    @property
    def note(self) -> Any:
        """The note verbale that counts now: the one filed last."""
        return self.notes_verbales[-1] if self.notes_verbales else None


def staff_page(
    assistance_request: AssistanceRequest,
    actor: Actor,
    *,
    place: tuple[Filters, Any, str] | None = None,
    counts: Rows | None = None,
) -> StaffPage:
    """Read the page in one statement. `place` is (filters, sort, cursor) in the queue; `counts` the menu's figures."""
    selects = {**request_lists.same_for_both(assistance_request), **lists_of(assistance_request.id)}
    selects |= _surroundings(assistance_request)
    selects["letters"] = letters.select(assistance_request.id, limit=MOST_LETTERS)
    if counts is not None:
        selects["counts"] = counts
    if place is not None:
        filters, sort, position = place
        selects |= previous_and_next_selects(filters, actor=actor, sort=sort, position=position)
    return _page(read_in_one_statement(**selects))


def _page(found: dict[str, list[Any]]) -> StaffPage:
    holidays = frozenset(row.day for row in found["holidays"])
    by_round: dict[int, list[Any]] = defaultdict(list)
    for question in sorted(found["questions"], key=lambda q: (q.position, q.id)):
        by_round[question.clarification_id].append(question)
    earlier, later = found.get("earlier", []), found.get("later", [])
    return StaffPage(
        whose=found["whose"][0],
        session=found["session"][0] if found["session"] else None,
        areas=sorted(found["areas"], key=lambda row: row.code),
        beneficiaries=sorted(found["beneficiaries"], key=lambda row: (row.position, row.id)),
        budget_lines=sorted(found["budget_lines"], key=lambda row: (row.position, row.id)),
        attachments=_by_id(found["attachments"]),
        notes_verbales=_by_id(found["notes_verbales"]),
        clocks=[clocks.read(clock, holidays) for clock in _by_id(found["clocks"])],
        pauses=[clock for clock in _by_id(found["clocks"]) if clock.paused_at is not None and clock.stopped_at is None],
        rate=found["rate"][0] if found["rate"] else None,
        rounds=[(asked, by_round[asked.id]) for asked in _by_id(found["rounds"])],
        decisions=_by_id(found["decisions"]),
        notes=_by_id(found["notes"]),
        recusals=sorted(found["recusals"], key=lambda row: row.at),
        activities=_by_id(found["activities"]),
        reasons=_by_id(found["reasons"]),
        erasures=_by_id(found["erasures"]),
        consents=_by_id(found["consents"]),
        happenings=_by_id(found["happenings"])[::-1],
        messages=_by_id(found["messages"]),
        messages_owed=_by_id(found["messages_owed"]),
        message_papers=_by_id(found["message_papers"]),
        people={row.id: row.name for row in found["people"]},
        officers=sorted(found["officers"], key=lambda row: (row.name, row.public_id)),
        given=found["given"],
        counts=found["counts"][0] if "counts" in found else None,
        earlier=earlier[0].public_id if earlier else None,
        earlier_at=list(earlier[0][1:]) if earlier else [],
        later=later[0].public_id if later else None,
        later_at=list(later[0][1:]) if later else [],
        letters=letters.read(sorted(found["letters"], key=lambda row: -row.id)),
        holidays=holidays,
    )


def _by_id(rows: list[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.id)


def _surroundings(assistance_request: AssistanceRequest) -> dict[str, Rows]:
    """Who asks, who the people are, and what the State was given before."""
    return {
        "whose": _whose(assistance_request),
        "people": sa.select(Person.id, Person.name).where(Person.id.in_(_people_named(assistance_request.id))),
        "officers": officers_select(),
        "given": _given(assistance_request),
    }


def _whose(assistance_request: AssistanceRequest) -> Rows:
    """The State with the lists on which it was when it submitted the request."""
    day = submitted_on(assistance_request) or today()
    return (
        request_lists.owner(assistance_request)
        .add_columns(
            Organisation.official_language,
            *request_lists.columns_of(State, "regional_group", "sub_region", "invented"),
            *country_lists.columns_on(day),
            country_lists.graduation(),
        )
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
    )


def _people_named(request_id: int) -> Any:
    """Ids of everybody whose name the page shows."""
    of_request = R.id == request_id
    ids = [sa.select(c).where(of_request) for c in (R.drafter_id, R.authorised_by_id, R.assigned_to_id)]
    ids += [
        sa.select(column).where(column.class_.request_id == request_id)
        for column in (
            NoteVerbale.verified_by_id,
            NoteVerbale.returned_by_id,
            Clarification.asked_by_id,
            Clarification.answered_by_id,
            Clock.paused_by_id,
            Decision.prepared_by_id,
            Decision.signed_by_id,
            InternalNote.author_id,
            Recusal.person_id,
            GivenReason.given_by_id,
            Attachment.struck_by_id,
            Erasure.proposed_by_id,
            Erasure.confirmed_by_id,
        )
    ]
    confirmed = sa.select(Confirmation.confirmed_by_id).join(Activity, Activity.id == Confirmation.activity_id)
    ids.append(confirmed.where(Activity.request_id == request_id))
    in_data = (Event.data[name].as_integer() for name in ("officer_id", "for_id"))
    ids += [sa.select(who).where(request_lists.is_about(request_id)) for who in (Event.actor_person_id, *in_data)]
    return sa.union(*ids)


def _given(assistance_request: AssistanceRequest) -> Rows:
    """What the State was granted before: requests that were accepted, with the accepted amounts in US cents."""
    return (
        sa.select(
            sa.func.count().label("requests"),
            sa.func.coalesce(sa.func.sum(Decision.amount_minor), 0).label("amount_minor"),
            sa.func.min(R.decided_at).label("since"),
        )
        .join(Decision, Decision.id == R.decision_id)
        .where(
            R.organisation_id == assistance_request.organisation_id,
            R.decision_id.is_not(None),
            R.id != assistance_request.id,
            Decision.outcome == "accepted",
        )
    )
