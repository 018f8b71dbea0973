"""Pages that ask once more before an act on a round: what will happen and who is told."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.extensions import db
from tracker.notifications.queries import audience_in_words
from tracker.participation.models import Delegate
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rounds import inputs, queries, services
from tracker.rounds.blueprint import bp
from tracker.rounds.forms import ConfirmForm, PrepareForm, ReasonForm
from tracker.rounds.lifecycle import RoundAction, RoundStatus
from tracker.rounds.models import Round
from tracker.rounds.policies import RULES
from tracker.rounds.reading import out_of_turn, table_of
from tracker.rounds.rule_facts import rule_facts_of
from tracker.rounds.views.refusals import AT_FORM, in_lines
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.route("/sessions/<code>/open", methods=["GET", "POST"])
@access("programme_manager")
def open_round(code: str) -> Any:
    """Open the next round: the lot's seed is drawn."""
    session = reference.get_session(code)
    form = ConfirmForm()
    will = [
        (_("A seed for the lot is drawn now and shown on the page; it decides what all rules leave equal."), True),
        (_("The States with an eligible request stand in the order of the published rules."), True),
        (_("Nobody outside the office learns of it before the round is approved."), True),
    ]
    return confirmed(
        form,
        lambda **by: services.open_round(code, **by),
        page=lambda: _page(form, session, title=_("Open a round?"), submit=_("Open the round"), will=will),
        done=_("The round is open. Give the seats State by State."),
        lead=lambda outcome: url_for(".show", public_id=outcome),
        at_form=AT_FORM,
    )


def _page(form: KeyedForm, session: Session, *, round_: Round | None = None, event: str = "", **words: Any) -> str:
    back = url_for(".show", public_id=round_.public_id) if round_ else url_for(".of_session", code=session.code)
    told = audience_in_words(event, round_, current_actor()) if event else None
    return render_template(
        "rounds/confirm.html", form=form, session=session, round=round_, back=back, told=told, **words
    )


def _act(
    round_: Round, action: RoundAction, form: KeyedForm, perform: Callable[..., Any], done: str, **words: Any
) -> Any:
    """Ask once more before an act on a round, then do it and lead back to the round."""
    session = db.session.get_one(Session, round_.session_id)
    return confirmed(
        form,
        in_lines(lambda **by: perform(round_.public_id, version=form.version_number, **by)),
        allow=lambda: allow(RULES, action, rule_facts_of(round_)),
        page=lambda: _page(form, session, round_=round_, **words),
        done=done,
        lead=lambda _outcome: url_for(".show", public_id=round_.public_id),
        at_form=AT_FORM,
    )


@bp.route("/<uuid:public_id>/prepare", methods=["GET", "POST"])
@access("programme_manager")
def prepare(public_id: uuid.UUID) -> Any:
    """The manager signs the round."""
    round_ = queries.get_round(public_id, current_actor())
    departing = out_of_turn(table_of(round_)) if round_.status == RoundStatus.OPEN else []
    form = PrepareForm(version=round_.version)
    if not departing:
        del form.reason
    said = (form.reason.data or "") if departing else ""
    names = queries.names_of(Delegate, {row.delegate_id for row in departing})
    return _act(
        round_,
        RoundAction.PREPARE,
        form,
        lambda row, **by: services.prepare(row, reason=said, **by),
        _("The round is prepared. A finance officer approves it or sends it back."),
        title=_("Sign this round?"),
        submit=_("Sign the round"),
        departing=[names[row.delegate_id] for row in departing],
        will=[
            (_("The order of the States, every estimate and the cash are kept as they stand now."), True),
            (_("A finance officer who is somebody else than you approves it, or sends it back with a reason."), True),
            (_("Nominations that come in from now on are not part of this round."), False),
        ],
        event="rounds.prepared",
    )


@bp.route("/<uuid:public_id>/approve", methods=["GET", "POST"])
@access("finance_officer")
def approve(public_id: uuid.UUID) -> Any:
    """The second person approves: seats are given and money is held, or nothing at all."""
    round_ = queries.get_round(public_id, current_actor())
    seats = len(queries.seats_in(round_.id))
    return _act(
        round_,
        RoundAction.APPROVE,
        ConfirmForm(version=round_.version),
        services.approve,
        _("Approved: the seats are given, their money is held, and every State concerned is told."),
        title=_("Approve this round?"),
        submit=_("Approve"),
        will=[
            (ngettext("%(num)d person is selected.", "%(num)d people are selected.", seats), True),
            (
                _("What each seat costs is approved for its request, allocated to the seat and held on its pledge."),
                True,
            ),
            (_("Everybody else who is nominated stands on the reserve list; alternates are not selected."), True),
            (
                _("Each State concerned hears of it: its authority, who drafted the request, its official address."),
                True,
            ),
            (_("If money, an estimate or a status has changed since, nothing at all happens and you read why."), True),
        ],
        moved=inputs.moved_since(round_),
        event="rounds.approved",
    )


@bp.route("/<uuid:public_id>/send-back", methods=["GET", "POST"])
@access("finance_officer", "programme_manager")
def send_back(public_id: uuid.UUID) -> Any:
    """The round goes back to who gives seats."""
    round_ = queries.get_round(public_id, current_actor())
    form = ReasonForm(version=round_.version)
    return _act(
        round_,
        RoundAction.SEND_BACK,
        form,
        lambda row, **by: services.send_back(row, reason=form.reason.data or "", **by),
        _("The round is open again."),
        title=_("Send this round back?"),
        submit=_("Send back"),
        will=[(_("Seats can be changed again; the round is signed and approved anew."), True)],
        event="rounds.sent_back",
    )


@bp.route("/<uuid:public_id>/drop", methods=["GET", "POST"])
@access("programme_manager")
def drop(public_id: uuid.UUID) -> Any:
    """The round ends and gives nothing."""
    round_ = queries.get_round(public_id, current_actor())
    form = ReasonForm(version=round_.version)
    return _act(
        round_,
        RoundAction.DROP,
        form,
        lambda row, **by: services.drop(row, reason=form.reason.data or "", **by),
        _("The round is dropped."),
        title=_("Drop this round?"),
        submit=_("Drop the round"),
        will=[
            (_("No seat is given and no money moves. Another round can be opened, with a lot of its own."), True),
            (_("The round stays to be read, with its seed and this reason."), True),
        ],
        event="rounds.dropped",
        risk=True,
    )
