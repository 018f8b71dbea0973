"""The State's desk: what needs this person, how far every request is, the next session, who can act."""

from functools import partial
from typing import Any

import sqlalchemy as sa
from flask import render_template

from tracker.accounts import queries as accounts
from tracker.assistance import history
from tracker.assistance.listing.queries import Filters, own_requests
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.page.summary import status_label
from tracker.assistance.waiting_sentences import to_the_state
from tracker.calendar import working_days
from tracker.calendar.now import now, today
from tracker.desks.blueprint import bp
from tracker.desks.queries.state import COUNTED, desk_of
from tracker.languages.choosing import current_language
from tracker.participation.queries import sizes_of
from tracker.participation.seats.models import Seat
from tracker.pledges.models import RequestFunding
from tracker.pledges.queries import funding_of
from tracker.reference.names import state_name
from tracker.rights.actor import REQUEST_WRITERS, Actor
from tracker.web.access import access, current_actor

SHOWN = 5


@bp.get("/desk")
@access("state")
def state() -> Any:
    """What needs this person, and where every request of the State stands."""
    actor = current_actor()
    desk = desk_of(
        actor,
        money=_allocated(actor),
        delegates=_funded_delegates(actor),
        invitations=accounts.invitations_to_follow(actor),
    )
    to_invite, to_renew = _missing_roles(actor, desk), [row for row in desk.invitations if row.expires_at <= now()]
    requests = own_requests(actor, Filters(), limit=SHOWN)
    return render_template(
        "desks/state.html",
        desk=desk,
        state=state_name(desk.state.state_iso3, current_language()) if desk.state else "",
        tasks=_number_of_tasks(actor, desk) + len(to_invite) + len(to_renew),
        to_invite=to_invite,
        to_renew=to_renew,
        open_number=desk.open,
        most=COUNTED,
        allocated=desk.money[0].minor or 0,
        funded_delegates=desk.delegates[0].number,
        requests=requests,
        funding=funding_of([row.id for row in requests.rows]),
        delegations=sizes_of(requests.rows),
        status_label=status_label,
        waiting_line=partial(to_the_state, actor=actor),
        sentence=history.milestone,
        closing_in=_closing_in(desk),
        place=_place(desk.meeting),
    )


def _number_of_tasks(actor: Actor, desk: Any) -> int:
    to_authorise = desk.to_authorise if actor.has("authorising_officer") else []
    return sum(len(rows) for rows in (desk.drafts, to_authorise, desk.to_answer, desk.to_confirm, desk.to_reply))


def _missing_roles(actor: Actor, desk: Any) -> list[str]:
    """Roles without which the State stands still, held by nobody and offered to nobody: its administrator invites."""
    if not actor.has("state_administrator"):
        return []
    held = {person.role for person in desk.people}
    held.update(role for row in desk.invitations if row.expires_at > now() for role in row.roles)
    writes = held & set(REQUEST_WRITERS)
    return [*([] if writes else ["focal_point"]), *([] if "authorising_officer" in held else ["authorising_officer"])]


def _closing_in(desk: Any) -> int | None:
    """Working days until nominations for the next session close."""
    if desk.meeting is None:
        return None
    return working_days.between(today(), desk.meeting.closing_on, desk.holidays)


def _place(meeting: Any) -> str | None:
    """Where the next session is held, by its French name for who reads French if there is one."""
    if meeting is None:
        return None
    own = meeting.city_fr if current_language() == "fr" else None
    return own or meeting.city


def _allocated(actor: Actor) -> Any:
    """What pledges have set aside for the State's requests, in the fund's minor units."""
    r = AssistanceRequest
    return (
        sa.select(sa.func.sum(RequestFunding.allocated_minor).label("minor"))
        .join(r, r.id == RequestFunding.request_id)
        .where(r.organisation_id == actor.organisation_id)
    )


def _funded_delegates(actor: Actor) -> Any:
    """How many delegates of the State were or are paid for: one for each seat that was not given back."""
    r = AssistanceRequest
    return (
        sa.select(sa.func.count(Seat.id).label("number"))
        .join(r, r.id == Seat.request_id)
        .where(r.organisation_id == actor.organisation_id, ~Seat.given_back)
    )
