"""The closing of a session: what stands in the way, what remains, and States without a seat."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.errors import Conflict, Invalid
from tracker.events import on_record
from tracker.languages.formatting import format_money
from tracker.money import FUND_CURRENCY
from tracker.notifications.queries import told_of_each
from tracker.participation.agency import refunds
from tracker.participation.blueprint import bp
from tracker.participation.settling import queries, services
from tracker.participation.settling.account import Account, account_of
from tracker.participation.settling.forms import EndUnfundedForm, PressForm
from tracker.participation.settling.lifecycle import OWES_LABELS
from tracker.participation.settling.policies import RULES, SettleAction
from tracker.participation.settling.recording import names_of
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference import queries as reference
from tracker.rights.actor import REQUEST_READERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

AT_FORM = (Invalid, Conflict)


@bp.get("/sessions/<code>/account")
@access(*REQUEST_READERS)
def session_account(code: str) -> Any:
    """What the seats of a session cost, what came back, what is owed, and whether it is closed."""
    actor = current_actor()
    session = on_record(lambda: reference.get_session(code), actor=actor)
    found = account_of(session, actor)
    names = queries.people(found.closing.closed_by_id) if found.closing else {}
    obstacles = found.in_the_way()
    may_close = can(RULES, SettleAction.CLOSE, actor, None) is None
    return render_template(
        "participation/settling/account.html",
        session=session,
        account=found,
        refunds=refunds.of_session(session, actor),
        obstacles=obstacles,
        at_the_closing=_at_the_closing(found),
        open_again=names_of(found.going) if found.closing and found.going else "",
        closed_by=next(iter(names.values()), ""),
        may_close=may_close,
        can_be_closed=may_close and not obstacles,
        numbers=_numbers(found),
        LINE_LABELS=LINE_LABELS,
        OWES_LABELS=OWES_LABELS,
    )


def _at_the_closing(found: Account) -> str:
    """What remained when the account was closed, in words; what the page shows beside it is of today."""
    if found.closing is None:
        return ""
    kept = found.closing.remaining
    amounts = {name: format_money(kept[f"{name}_minor"], FUND_CURRENCY) for name in ("claimed", "refunds")}
    return _(
        "%(claimed)s was asked of States then, and %(refunds)s expected from others who were paid. What stands below "
        "is of today.",
        **amounts,
    )


def _numbers(found: Account) -> list[tuple[str, int]]:
    """Amounts of the settled seats, in the order of the page."""
    return [
        (_("Estimated"), sum(one.total("estimate_minor") for one in found.settled)),
        (_("Due"), sum(one.total("due_minor") for one in found.settled)),
        (_("Paid"), sum(one.total("paid_minor") for one in found.settled)),
        (_("Back to the pledges"), found.back_minor),
        (_("Owed by States"), found.claimed_minor),
        (_("Refunds expected"), found.refunds_minor),
        (_("Written off"), found.ended_minor),
    ]


@bp.route("/sessions/<code>/account/close", methods=["GET", "POST"])
@access("programme_manager")
def close_session(code: str) -> Any:
    """Close the account of a session."""
    session = reference.get_session(code)
    form = PressForm()
    found = account_of(session, current_actor())
    return confirmed(
        form,
        lambda **by: services.close_session(code, **by),
        allow=lambda: allow(RULES, SettleAction.CLOSE, None),
        page=lambda: render_template(
            "participation/settling/close.html", session=session, form=form, account=found, obstacles=found.in_the_way()
        ),
        done=_("The account of the session is closed."),
        lead=lambda _outcome: url_for(".session_account", code=code),
        at_form=AT_FORM,
    )


@bp.route("/sessions/<code>/account/end-without-seat", methods=["GET", "POST"])
@access("programme_manager")
def end_without_seat(code: str) -> Any:
    """End the requests of all States that had no seat."""
    session = reference.get_session(code)
    form = EndUnfundedForm()
    found = account_of(session, current_actor())
    return confirmed(
        form,
        lambda **by: services.end_without_seat(code, rule=form.rule.data or "", **by),
        allow=lambda: allow(RULES, SettleAction.CLOSE, None),
        page=lambda: render_template(
            "participation/settling/end_without_seat.html",
            session=session,
            form=form,
            rows=found.without_seat,
            told=told_of_each("assistance.ended_unfunded"),
        ),
        done=_("The requests ended without a seat. Each State is told."),
        lead=lambda _number: url_for(".session_account", code=code),
        at_form=AT_FORM,
    )
