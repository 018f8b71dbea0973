"""Proposals of a round: asked for, read beside another one, taken over."""

import uuid
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from tracker.accounts.models import Person
from tracker.errors import NotFound
from tracker.events import on_record
from tracker.extensions import db
from tracker.reference.models import Session
from tracker.rights.rules import can
from tracker.rounds import queries
from tracker.rounds.blueprint import bp
from tracker.rounds.forms import ConfirmForm, ReasonForm
from tracker.rounds.lifecycle import RoundAction
from tracker.rounds.policies import READERS, RULES
from tracker.rounds.proposals import presenting, services
from tracker.rounds.proposals import queries as proposals
from tracker.rounds.rule_facts import rule_facts_of
from tracker.rounds.views.refusals import AT_FORM, in_lines
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.reading import read_row


@bp.route("/<uuid:public_id>/propose", methods=["GET", "POST"])
@access("programme_manager")
def propose(public_id: uuid.UUID) -> Any:
    """Have a proposal computed."""
    round_ = queries.get_round(public_id, current_actor())
    form = ConfirmForm()
    will = [
        (_("The published rules are followed in their order, with the money and the seats as they stand now."), True),
        (_("You can leave the page, come back, and stop the work."), True),
        (_("No seat of the round changes before you take the proposal over."), False),
    ]
    return confirmed(
        form,
        lambda **by: services.ask_for_proposal(public_id, **by),
        allow=lambda: allow(RULES, RoundAction.GIVE, rule_facts_of(round_)),
        page=lambda: _page(round_, form, title=_("Propose seats?"), submit=_("Propose seats"), will=will),
        done=_("The proposal is being computed."),
        lead=lambda job: url_for("jobs.show", public_id=job),
        at_form=AT_FORM,
    )


def _page(round_: Any, form: Any, **words: Any) -> str:
    session = db.session.get_one(Session, round_.session_id)
    back = url_for(".show", public_id=round_.public_id)
    return render_template(
        "rounds/confirm.html", form=form, session=session, round=round_, back=back, told=None, **words
    )


@bp.get("/<uuid:public_id>/proposals/<int:proposal_number>")
@access(*READERS)
def proposal(public_id: uuid.UUID, proposal_number: int) -> Any:
    """A proposal: what each State gets and why, how the rules fared, what differs from another one."""
    actor = current_actor()
    round_ = on_record(lambda: queries.get_round(public_id, actor), actor=actor)
    found = proposals.proposal_of(round_, proposal_number)
    if found.outcome is None:
        return redirect(url_for(".show", public_id=public_id))
    all_ = proposals.proposals_of(round_.id)
    other = _beside(round_, proposal_number)
    return render_template(
        "rounds/proposal.html",
        round=round_,
        session=db.session.get_one(Session, round_.session_id),
        proposal=found,
        asked_by=queries.names_of(Person, {found.asked_by_id})[found.asked_by_id],
        states=(shown := presenting.states(found)),
        with_seat=sum(bool(state.seats) for state in shown),
        total=sum(state.total for state in shown),
        rules=presenting.rules(found),
        collisions=presenting.collisions(found),
        ways=presenting.beside_simpler(found),
        others=[row.number for row in all_ if row.done and row.number != proposal_number],
        other=other,
        differences=presenting.differences(found, other) if other else [],
        same_facts=other is not None and other.inputs == found.inputs,
        may_take_over=can(RULES, RoundAction.GIVE, actor, rule_facts_of(round_)) is None,
    )


def _beside(round_: Any, number: int) -> Any:
    """The other proposal that the address names; None where it names none."""
    named = read_row(request.args.get("beside"))
    if named is None or named == number:
        return None
    other = proposals.proposal_of(round_, named)
    if other.outcome is None:
        raise NotFound
    return other


@bp.route("/<uuid:public_id>/proposals/<int:proposal_number>/take-over", methods=["GET", "POST"])
@access("programme_manager")
def take_over(public_id: uuid.UUID, proposal_number: int) -> Any:
    """Make the seats of a proposal those of the round."""
    round_ = queries.get_round(public_id, current_actor())
    found = proposals.proposal_of(round_, proposal_number)
    form = ReasonForm(version=round_.version)
    if request.method == "GET":
        form.reason.data = _("As proposed by the published rules (proposal %(number)s).", number=found.number)
    will = [
        (_("The seats of the proposal become those of the round, in place of what it has now."), True),
        (_("They can be taken off and given by hand as any; a second person approves the round."), True),
        (_("Seats that depart from the order of the States keep the reason below."), True),
        (_("Nothing is held, and no State is told."), False),
    ]
    words = {"title": _("Take this proposal over?"), "submit": _("Take over"), "will": will}
    return confirmed(
        form,
        in_lines(
            lambda **by: services.take_over(
                public_id, proposal_number, version=form.version_number, reason=form.reason.data or "", **by
            )
        ),
        allow=lambda: allow(RULES, RoundAction.GIVE, rule_facts_of(round_)),
        page=lambda: _page(round_, form, **words),
        done=_("The seats of the proposal are those of the round now."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
        at_form=AT_FORM,
    )
