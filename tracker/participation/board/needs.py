"""What of a session waits for somebody, whose turn it is, and until when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to
from tracker.extensions import db
from tracker.languages.marking import N_
from tracker.participation.board.queries import Board
from tracker.participation.offers import queries as offers
from tracker.participation.seats.models import Seat
from tracker.participation.settling.waiting_work import awaiting
from tracker.participation.support.terms import Support
from tracker.participation.travel import queries as travel
from tracker.participation.travel.lifecycle import LACK_LABELS, Lack
from tracker.pledges.proposed_acts.lifecycle import ActStatus
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.reference.models import Session
from tracker.rights.actor import Actor

R = AssistanceRequest

WHOSE: dict[Lack, str] = {
    **dict.fromkeys(Lack, N_("Travel officer")),
    Lack.PAYEE: N_("Finance officer"),
    Lack.ALLOWANCE: N_("Finance officer"),
    Lack.TERMINALS: N_("Finance officer"),
    Lack.AUTHORISATION: N_("Programme manager"),
}
"""Whose turn it is where a journey lacks something."""
_SHOWN = {Lack.TICKET: "no_ticket", Lack.VISA: "visa", Lack.PAYEE: "payee"}
"""The choice of the travel desk that shows these journeys alone; the others are among all that lack something."""


@dataclass(frozen=True, slots=True)
class Need:
    """So many seats wait for the same thing: whose turn it is, the first day on which it should be there (None: no day
    is known), and the page on which it is done."""

    label: str
    number: int
    whose: str
    by: date | None
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)


def needs_of(session: Session, board: Board, actor: Actor, support: Support | None) -> list[Need]:
    """What waits, what is due first at the front, as far as the actor may see the requests, in at most five
    statements."""
    if not board.given:
        return []
    found = [*_offers(session, actor), *_journeys(session, actor, support), *_counted(session, actor)]
    return sorted(found, key=lambda need: need.by or date.max)


def _offers(session: Session, actor: Actor) -> Iterator[Need]:
    rows = offers.of_session(session.id, actor)
    page = "participation.offers", {"code": session.code}
    unsent = [one for one in rows if one.waits_to_be_offered]
    if unsent:
        yield Need(_("Seats to offer to their States"), len(unsent), _("Travel officer"), None, *page)
    silent = [one for one in rows if one.is_silent]
    if silent:
        whose = _("Programme manager")
        yield Need(_("Seats without an answer past their day"), len(silent), whose, _first(silent), *page)
    answers = [one for one in rows if one.is_open and not one.is_silent]
    if answers:
        yield Need(_("Seats to confirm or decline"), len(answers), _("The State"), _first(answers), *page)


def _first(rows: Iterable[offers.Offered]) -> date | None:
    """The first day on which one of these is to be answered."""
    return min((one.offer.until for one in rows if one.offer), default=None)


def _journeys(session: Session, actor: Actor, support: Support | None) -> Iterator[Need]:
    lacking = [due for one in travel.of_session(session, actor, support=support) for due in one.missing]
    for lack in Lack:
        days = [due.by for due in lacking if due.what is lack]
        if days:
            first = min((day for day in days if day is not None), default=None)
            page = "participation.travel_desk", {"code": session.code, "show": _SHOWN.get(lack, "missing")}
            yield Need(_(LACK_LABELS[lack]), len(days), _(WHOSE[lack]), first, *page)


def _counted(session: Session, actor: Actor) -> Iterator[Need]:
    """Steps that wait for a second person, and seats to settle; one statement."""
    of_session = R.session_id == session.id, visible_to(actor)
    acts = sa.select(sa.func.count()).select_from(ProposedAct).join(R, R.id == ProposedAct.request_id)
    seats = sa.select(sa.func.count()).select_from(Seat).join(R, R.id == Seat.request_id)
    steps, to_settle = db.session.execute(
        sa.select(
            acts.where(ProposedAct.status == ActStatus.WAITING, *of_session).scalar_subquery(),
            seats.where(awaiting(), *of_session).scalar_subquery(),
        )
    ).one()
    if steps:
        yield Need(_("Steps that wait for a second person"), steps, _("A second person"), None, "acts.index")
    if to_settle:
        page = "participation.settlements", {"code": session.code}
        yield Need(_("Seats to settle"), to_settle, _("Travel officer, then finance"), session.ends_on, *page)
