"""The travel desk: the sessions with somebody on the way, and one list for each of them."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.events import on_record
from tracker.participation.advances.queries import allowances_of
from tracker.participation.blueprint import bp
from tracker.participation.claims import queries as claims
from tracker.participation.delegate_messages.queries import waiting_since
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.travel import queries
from tracker.participation.travel.filtering import FILTERS, is_meant
from tracker.participation.travel.lifecycle import LACK_LABELS
from tracker.participation.travel.policies import RULES, TravelAction
from tracker.participation.travel.queries import Travelling
from tracker.reference import queries as reference
from tracker.rights.actor import TRAVEL_READERS, Actor
from tracker.rights.rules import can
from tracker.web.access import access, current_actor


@bp.get("/travel")
@access(*TRAVEL_READERS)
def travel() -> Any:
    """The sessions with somebody on the way, the next first."""
    return render_template("participation/travel/index.html", desks=queries.desks(current_actor()))


@bp.get("/sessions/<code>/travel")
@access(*TRAVEL_READERS)
def travel_desk(code: str) -> Any:
    """Everybody who travels to a session: what is missing, and what of it is due first."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    rows = queries.of_session(session, actor)
    chosen = request.args.get("show", "")
    chosen = chosen if chosen in FILTERS else ""
    sought = request.args.get("q", "").strip()
    keep = FILTERS[chosen][1]
    return render_template(
        "participation/travel/desk.html",
        session=session,
        rows=[one for one in rows if keep(one) and is_meant(one, sought)],
        everybody=len(rows),
        views=[_view(code, key, chosen, sought, rows) for key in FILTERS],
        chosen=chosen,
        sought=sought,
        offered=queries.still_offered(session.id, actor),
        lacks=LACK_LABELS,
        labels=SEAT_LABELS,
        allowances=allowances_of([one.seat.id for one in rows], {one.seat.id: one.money for one in rows}),
        waits=waiting_since([one.seat.id for one in rows if one.described]),
        today=today(),
        claims=claims.waiting(session.id, actor),
        preparing=_those_of(TravelAction.PREPARE, rows, actor),
        paying=_those_of(TravelAction.HAND_OVER, rows, actor),
    )


def _those_of(action: TravelAction, rows: list[Travelling], actor: Actor) -> set[uuid.UUID]:
    """The seats on the list of which the reader may record this now."""
    return {one.seat.public_id for one in rows if can(RULES, action, actor, queries.facts_of(one)) is None}


def _view(code: str, key: str, chosen: str, sought: str, rows: list[Travelling]) -> tuple[str, str, bool, int]:
    label, keep = FILTERS[key]
    url = url_for(".travel_desk", code=code, show=key or None, q=sought or None)
    return _(label), url, key == chosen, sum(map(keep, rows))
