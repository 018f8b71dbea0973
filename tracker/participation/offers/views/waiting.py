"""Every seat that waits for somebody in the office, of all sessions."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.calendar.now import today
from tracker.participation.blueprint import bp
from tracker.participation.offers import queries
from tracker.participation.offers.queries import Offered
from tracker.participation.offers.waiting_work import waiting_for
from tracker.reference.models import Session
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.web.access import access, current_actor


@bp.get("/waiting-seats")
@access(*TRAVEL_OFFICERS)
def waiting_seats() -> Any:
    """The seats that the figure of the menu counts, by what they wait for."""
    actor = current_actor()
    lists = []
    for kind in waiting_for(actor):
        rows = queries.of_every_session(actor, kind.condition(today()))
        lists.append((kind, [(one, session, *_act(kind.name, one, session)) for one, session in rows]))
    return render_template("participation/offers/waiting.html", lists=[each for each in lists if each[1]])


def _act(kind: str, one: Offered, session: Session) -> tuple[str, str, Any]:
    """Where it is done, in which words, and since when the seat waits."""
    if kind == "say_who_bears":
        url = url_for(".say_who_bears", public_id=one.seat.public_id)
        return url, _("Say who bears the cost"), one.seat.ended_at
    if kind == "take_back_offers":
        return url_for(".take_back_offers", code=session.code), _("Take back silent seats"), one.offered.until
    return url_for(".offers", code=session.code), _("Offers of seats"), one.seat.selected_at
