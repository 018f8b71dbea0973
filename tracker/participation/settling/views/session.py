"""The seats of a session that are to be settled, and acts on those of which nothing differs."""

import uuid
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.errors import Conflict, Invalid
from tracker.events import on_record
from tracker.notifications.queries import told_of_each
from tracker.participation.blueprint import bp
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.offers.services.sending import MOST_AT_ONCE
from tracker.participation.seats.models import Seat
from tracker.participation.settling import queries, services
from tracker.participation.settling.forms import PressForm
from tracker.participation.settling.policies import RULES, SettleAction
from tracker.participation.settling.queries import Settling
from tracker.participation.settling.services.entering import plain
from tracker.participation.settling.services.settling import why_not_settled
from tracker.reference import queries as reference
from tracker.rights.actor import REQUEST_READERS, TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

AT_FORM = (Invalid, Conflict)


@bp.get("/sessions/<code>/settlements")
@access(*REQUEST_READERS)
def settlements(code: str) -> Any:
    """The seats of a session that are settled or can be; ticked are those of which nothing differs."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    rows = queries.of_session(session.id, actor)
    may_enter = can(RULES, SettleAction.ENTER_MANY, actor, None) is None
    may_settle = can(RULES, SettleAction.SETTLE_MANY, actor, None) is None
    usual = set(plain(rows, session.id)) if may_enter else set()
    if may_settle:
        usual |= {one.seat.id for one, why in why_not_settled(rows, actor) if why is None}
    return render_template(
        "participation/settling/session.html",
        session=session,
        rows=[(one, one.seat.id in usual) for one in rows],
        labels=SEAT_LABELS,
        many=bool(usual),
        may_settle=may_settle,
        numbers=_numbers(rows),
    )


def _numbers(rows: list[Settling]) -> list[tuple[str, int]]:
    """How many seats are how far, in the order of the page."""
    return [
        (_("to enter"), sum(one.is_open and not one.is_entered for one in rows)),
        (_("to settle"), sum(one.is_entered for one in rows)),
        (_("settled"), sum(one.is_settled for one in rows)),
        (_("with something owed"), sum(one.is_settled and bool(one.owed) for one in rows)),
    ]


@bp.route("/sessions/<code>/settlements/enter", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_settlements(code: str) -> Any:
    """Enter for the ticked seats that all went as planned."""
    session, ticked, rows = _ticked(code)
    usual = plain(rows, session.id)
    left = [(one, _("The journey, the days or what was paid differ from the plan.")) for one in rows]
    return _many(
        ticked,
        session,
        rows,
        SettleAction.ENTER_MANY,
        [(one, why) for one, why in left if one.seat.id not in usual],
        lambda chosen, **by: services.enter_as_planned(code, chosen, **by),
    )


@bp.route("/sessions/<code>/settlements/settle", methods=["GET", "POST"])
@access("finance_officer")
def settle_seats(code: str) -> Any:
    """Settle the ticked seats of which nothing differs."""
    session, ticked, rows = _ticked(code)
    actor = current_actor()
    return _many(
        ticked,
        session,
        rows,
        SettleAction.SETTLE_MANY,
        [(one, why) for one, why in why_not_settled(rows, actor) if why],
        lambda chosen, **by: services.settle_many(code, chosen, **by),
    )


def _ticked(code: str) -> tuple[Any, list[uuid.UUID], list[Settling]]:
    session = reference.get_session(code)
    ticked = _uuids(request.values.getlist("s"))
    found = queries.of_session(session.id, current_actor(), Seat.public_id.in_(ticked)) if ticked else []
    return session, ticked, found


def _many(
    ticked: list[uuid.UUID], session: Any, rows: list[Settling], action: SettleAction, left: Any, carry_out: Any
) -> Any:
    """Ask once more before an act on several seats, saying who is left out and why; nobody is left out silently."""
    out = {one.seat.public_id for one, _why in left}
    chosen = [one.seat.public_id for one in rows if one.seat.public_id not in out]
    form = PressForm()
    sent = [each for each in ticked if each not in out] if request.method == "GET" else ticked
    settle = action is SettleAction.SETTLE_MANY
    return confirmed(
        form,
        lambda **by: carry_out(ticked, **by),
        allow=lambda: allow(RULES, action, None),
        page=lambda: render_template(
            "participation/settling/many.html",
            session=session,
            form=form,
            settle=settle,
            rows=[one for one in rows if one.seat.public_id in chosen],
            left=left,
            told=told_of_each("participation.seats_settled" if settle else "participation.settlement_entered"),
            ticked=[each for each in sent if each in chosen],
            action=url_for(f".{'settle_seats' if settle else 'enter_settlements'}", code=session.code),
        ),
        done=_("The seats are settled.") if settle else _("Entered. A finance officer settles the seats."),
        lead=lambda _number: url_for(".settlements", code=session.code),
        at_form=AT_FORM,
    )


def _uuids(texts: list[str]) -> list[uuid.UUID]:
    """The ids among what an address holds, each once."""
    found = []
    for text in texts[:MOST_AT_ONCE]:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
