"""A delegate names a helper, or the travel desk for them; who was named gets a link. Both end it at any time."""

import uuid
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.lifecycle import Marking
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.delegate_page.lifecycle import HELPERS_PER_DAY, LinkKind
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.delegate_page.queries import living
from tracker.participation.delegate_page.services.linking import end_links, make
from tracker.participation.delegate_page.services.opening import code_to_read_out
from tracker.participation.helping.policies import RULES, HelpingAction, HelpingFacts
from tracker.participation.helping.queries import Helper, helper_of, version_of
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.papers import contents, queries
from tracker.participation.papers.contents import HandedBy
from tracker.participation.papers.lifecycle import By
from tracker.participation.papers.queries import PapersOf
from tracker.participation.travel.queries import Travelling
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize, can

_HELPERS = DelegateLink.kind == LinkKind.HELPER


def facts_of(journey: Travelling, by: HandedBy) -> HelpingFacts:
    """What the rules ask."""
    strict = journey.request.marking == Marking.STRICTLY_CONFIDENTIAL
    return HelpingFacts(journey.status, strict, by.who, helper_of(journey.seat.id) is not None)


def may_at_the_desk(journey: Travelling, actor: Actor, helper: Helper | None) -> set[str]:
    """What the actor may do about the helper of a journey, at the desk."""
    strict = journey.request.marking == Marking.STRICTLY_CONFIDENTIAL
    facts = HelpingFacts(journey.status, strict, By.OFFICER, helper is not None)
    return {action.value for action in HelpingAction if can(RULES, action, actor, facts) is None}


@verb
def name_helper(
    public_id: uuid.UUID, *, actor: Actor, version: int | None, by: HandedBy, name: str, email: str, language: str
) -> str:
    """Name who helps, in place of whoever did: they get a link by mail. Gives the seat's public id. Raises Invalid by
    field, Conflict where many were named within a day."""
    found = _held(public_id, HelpingAction.NAME, actor, version, by)
    person = found.journey.person
    if email.casefold() == (person.email or "").casefold():
        raise Invalid(fields={"helper_email": lazy("This is the address of whoever travels. Enter the helper's.")})
    recent = sa.select(sa.func.count()).select_from(DelegateLink).where(_HELPERS, DelegateLink.delegate_id == person.id)
    if (db.session.scalar(recent.where(DelegateLink.made_at > now() - timedelta(days=1))) or 0) >= HELPERS_PER_DAY:
        raise Conflict(lazy("Five helpers were named within a day. Call the travel officer, or try again tomorrow."))
    helper: dict[str, Any] = {"helper_name": name, "helper_email": email, "helper_language": language}
    event = "participation.helper_named_by_office" if by.who is By.OFFICER else "participation.helper_named"
    make(found.journey.seat.id, person.id, actor, event, **helper)
    return str(public_id)


@verb
def end_helper(public_id: uuid.UUID, *, actor: Actor, version: int | None, by: HandedBy) -> str:
    """End the help: the helper's link and the pages that it opened are dead. Gives the seat's public id."""
    found = _held(public_id, HelpingAction.END, actor, version, by)
    seat = found.journey.seat
    end_links(_HELPERS, DelegateLink.seat_id == seat.id)
    named: dict[str, Any] = {"seat_ids": [seat.id], "delegate_ids": [seat.delegate_id]}
    events.record("participation.helper_ended", found.journey.request, actor=actor, **named)
    return str(public_id)


@verb
def read_out_to_helper(public_id: uuid.UUID, *, actor: Actor) -> int:
    """Make a code for the helper that the officer reads out by telephone; gives its id
    (`delegate_page.queries.digits_of` says it). Raises Conflict where the link ended meanwhile."""
    found = _held(public_id, HelpingAction.READ_OUT, actor, None, contents.officer("", None))
    helper = helper_of(found.journey.seat.id)
    if helper is None:
        raise Conflict(lazy("This link has ended meanwhile."))
    code = code_to_read_out(helper.link_id, actor)
    named: dict[str, Any] = {"seat_ids": [found.journey.seat.id], "delegate_ids": [found.journey.person.id]}
    events.record("participation.helper_code_read_out", found.journey.request, actor=actor, **named)
    return code.id


def forget_helpers() -> int:
    """End the links of helpers that lead nowhere any more, with the names and addresses of these; gives how many."""
    with transaction():
        ended = end_links(_HELPERS, ~living())
        kept = _HELPERS, DelegateLink.ended_at.is_not(None), DelegateLink.helper_email.is_not(None)
        return ended + update_where(DelegateLink, *kept, helper_name=None, helper_email=None)


def _held(public_id: uuid.UUID, action: HelpingAction, actor: Actor, version: int | None, by: HandedBy) -> PapersOf:
    """The journey, with its request held. Raises Stale where somebody else helps than was seen."""
    hold_requests({queries.get_for(public_id, actor, by).journey.request.id})
    found = queries.get_for(public_id, actor, by)
    authorize(RULES, action, actor, facts_of(found.journey, by))
    if version is not None and version != version_of(found.journey.seat.id):
        raise Stale(lazy("Somebody changed this while you had the page open."))
    return found
