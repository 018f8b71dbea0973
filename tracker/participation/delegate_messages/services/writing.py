"""Both sides write; what an officer writes answers all that they had before their eyes."""

import uuid
from typing import Any

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.delegate_messages import queries
from tracker.participation.delegate_messages.lifecycle import LONGEST
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.delegate_messages.policies import RULES, MessagesAction
from tracker.participation.delegate_messages.queries import Thread
from tracker.participation.delegate_page.queries import last_link_of_seat
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.lifecycle import By
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def write_to_office(public_id: uuid.UUID, *, actor: Actor, text: str, by: HandedBy) -> str:
    """Keep what the delegate of a seat, or their helper, writes; gives the message. Raises Conflict when as many came
    within an hour as may."""
    hold_requests({queries.get_own(public_id, by.delegate_id).journey.request.id})
    found = queries.get_own(public_id, by.delegate_id)
    authorize(RULES, MessagesAction.WRITE, actor, queries.facts_of(found, by))
    _must_say_something(text, "body")
    if queries.is_spent(by):
        raise Conflict(lazy("Ten messages were sent within an hour. Wait a while, or call the travel officer."))
    row = _kept(found, by.who, text)
    named: dict[str, Any] = {"seat_ids": [row.seat_id], "delegate_ids": [row.delegate_id]}
    events.record("participation.delegate_wrote", found.journey.request, actor=actor, **named)
    return str(row.public_id)


@verb
def write_to_delegate(public_id: uuid.UUID, *, actor: Actor, text: str, seen: uuid.UUID | None) -> str:
    """Write to whoever sits in a seat, which answers what waited when `seen` was the newest message; gives the
    message."""
    found = _held(public_id, MessagesAction.ANSWER, actor)
    _must_say_something(text, "body")
    return _told(
        found, actor, _kept(found, By.OFFICER, text, written_by_id=actor.person_id, answers_id=found.up_to(seen))
    )


@verb
def needs_no_answer(public_id: uuid.UUID, *, actor: Actor, reason: str, seen: uuid.UUID | None) -> str:
    """Say to whoever sits in a seat why what waited when `seen` was the newest message gets no answer; gives the
    message. Raises Conflict where nothing of it waits any more."""
    found = _held(public_id, MessagesAction.NO_ANSWER, actor)
    _must_say_something(reason, "reason")
    answers_id = found.up_to(seen)
    if answers_id is None:
        raise Conflict(lazy("Somebody answered meanwhile. Read what was written."))
    by: dict[str, Any] = {"written_by_id": actor.person_id, "answers_id": answers_id, "needs_no_answer": True}
    return _told(found, actor, _kept(found, By.OFFICER, reason, **by))


def _held(public_id: uuid.UUID, action: MessagesAction, actor: Actor) -> Thread:
    hold_requests({queries.get(public_id, actor).journey.request.id})
    found = queries.get(public_id, actor)
    authorize(RULES, action, actor, queries.facts_of(found))
    return found


def _must_say_something(text: str, field: str) -> None:
    if not shown(text):
        raise Invalid(fields={field: lazy("Write something here.")})
    if len(text) > LONGEST:
        raise Invalid(fields={field: lazy("At most %(most)d characters.", most=LONGEST)})


def _kept(found: Thread, by: By, text: str, **more: Any) -> DelegateMessage:
    seat = found.journey.seat
    of = {"seat_id": seat.id, "delegate_id": seat.delegate_id}
    row = DelegateMessage(**of, by_whom=by.value, body=text.strip(), **more)
    db.session.add(row)
    db.session.flush()
    return row


def _told(found: Thread, actor: Actor, row: DelegateMessage) -> str:
    """The delegate gets a mail without a word of it, while their link lives; it stands in the history of the
    request."""
    about = (AssistanceRequest, [found.journey.request.id])
    named: dict[str, Any] = {"seat_ids": [row.seat_id], "delegate_ids": [row.delegate_id]}
    link = found.link or last_link_of_seat(row.seat_id, row.delegate_id)
    events.record("participation.office_wrote", link, actor=actor, also_about=about, **named)
    return str(row.public_id)
