"""The settlement of one seat: its page, what is due entered, the seat settled, a claim given up."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.costs.lines import LineKind
from tracker.costs.rule_sets import PROVIDED
from tracker.costs.sentences import PROVIDED as PROVIDED_LABELS
from tracker.costs.sentences import explain
from tracker.errors import Conflict, Invalid, NotFound
from tracker.events import opened
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.money import FUND_CURRENCY
from tracker.participation.advances.presenting import parts_in_words
from tracker.participation.advances.queries import allowances_of
from tracker.participation.blueprint import bp
from tracker.participation.claims.lifecycle import CLAIM_LABELS
from tracker.participation.claims.policies import RULES as CLAIM_RULES
from tracker.participation.claims.policies import ClaimAction
from tracker.participation.claims.presenting import compared
from tracker.participation.claims.queries import Claim
from tracker.participation.deviations.presenting import deviation_in_words
from tracker.participation.deviations.queries import deviations_of
from tracker.participation.ending.presenting import BEARER_LABELS, CAUSE_LABELS
from tracker.participation.offers.lifecycle import SEAT_LABELS
from tracker.participation.settling import queries, services
from tracker.participation.settling.claimed import claim_of
from tracker.participation.settling.forms import EntryForm, SettleForm, WriteOffForm
from tracker.participation.settling.lifecycle import FLAT, OWES_LABELS, LineSums
from tracker.participation.settling.policies import RULES, SettleAction
from tracker.participation.settling.presenting import in_words, provided_in_words
from tracker.participation.settling.queries import Settling
from tracker.participation.settling.recording import facts_of
from tracker.participation.settling.write_off import owed, propose_write_off
from tracker.pledges.proposed_acts import policies as acts
from tracker.pledges.proposed_acts import queries as proposed
from tracker.pledges.proposed_acts.lifecycle import ActName, Step
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.reference.models import Session
from tracker.rights.actor import REQUEST_READERS, TRAVEL_OFFICERS, TRAVEL_READERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

AT_FORM = (Invalid, Conflict)


@bp.get("/seats/<uuid:public_id>/settlement")
@access(*REQUEST_READERS)
def settlement(public_id: uuid.UUID) -> Any:
    """Estimate, due and paid of one seat beside each other, what follows, and why."""
    actor = current_actor()
    one = queries.get(public_id, actor)
    if opened(one.request, actor=actor):
        one = queries.get(public_id, actor)
    may = {action for action in SettleAction if can(RULES, action, actor, facts_of(one)) is None}
    refusal = can(RULES, SettleAction.SETTLE, actor, facts_of(one))
    return render_template(
        "participation/settling/seat.html",
        **_shown(one),
        **_by_whom(one),
        may=may,
        **_claimed(claim_of(one) if one.described and actor.has(*TRAVEL_READERS) else None),
        somebody_else=refusal.message if one.is_entered and refusal is not None and refusal.code != "role" else "",
        proposed=proposed.waiting_for_seat(one.seat.id, actor),
        may_write_off=can(acts.RULES, Step.PROPOSE, actor, acts.facts_of_kind(ActName.WRITE_OFF)) is None,
    )


def _shown(one: Settling) -> dict[str, Any]:
    session = db.session.get(Session, one.request.session_id) if one.request.session_id else None
    deviation = deviations_of([one.seat.id]).get(one.seat.id)
    allowance = allowances_of([one.seat.id]).get(one.seat.id)
    parts = {str(LineKind.ALLOWANCE): parts_in_words(allowance)} if allowance else {}
    return {
        "one": one,
        "deviation": deviation_in_words(deviation) if deviation and one.described else [],
        "session": session,
        "rows": [
            (line, LINE_LABELS[line.kind], _then(line), _why(line) + parts.get(line.kind, [])) for line in one.lines
        ],
        "changes": [in_words(change) for change in one.changes],
        "what": [(name, _(PROVIDED_LABELS[name])) for name in PROVIDED],
        "LINE_LABELS": LINE_LABELS,
        "OWES_LABELS": OWES_LABELS,
        "SEAT_LABELS": SEAT_LABELS,
        "CAUSE_LABELS": CAUSE_LABELS,
        "BEARER_LABELS": BEARER_LABELS,
    }


def _claimed(claim: Claim | None) -> dict[str, Any]:
    """What the delegate claims, line by line, with what was accepted."""
    return {
        "claim": claim,
        "reads_all": can(CLAIM_RULES, ClaimAction.READ, current_actor(), None) is None,
        "compared": compared(claim) if claim else [],
        "claim_labels": CLAIM_LABELS,
        "provided_claimed": provided_in_words(claim.row.provided) if claim else "",
    }


def _by_whom(one: Settling) -> dict[str, str]:
    """Who entered and who settled it, and what was provided, in words."""
    kept = one.settlement
    if kept is None:
        return {}
    names = queries.people(kept.entered_by_id, kept.settled_by_id)
    return {
        "entered_by": names[kept.entered_by_id],
        "settled_by": names.get(kept.settled_by_id or 0, ""),
        "provided": provided_in_words(kept.provided),
    }


def _then(line: LineSums) -> str:
    """What follows of a line, in a few words; empty where nothing does."""
    if line.to_pay_minor:
        return _("pay %(amount)s", amount=format_money(line.to_pay_minor, FUND_CURRENCY))
    if line.owed_minor:
        return _("%(amount)s comes back", amount=format_money(line.owed_minor, FUND_CURRENCY))
    return ""


def _why(line: LineSums) -> list[str]:
    """Why a line is due as it is, in sentences."""
    said = [explain(part) for part in line.parts]
    if line.invoice:
        said.append(_("Invoice or reference %(number)s", number=line.invoice))
    elif line.due_minor == 0 and line.kind in FLAT:
        said.append(_("No journey, so nothing is due"))
    elif line.due_minor == 0 and line.kind == "contingency":
        said.append(_("Used by the fare where that was needed, never due itself"))
    if line.owed_minor:
        said.append(str(OWES_LABELS[line.owes]))
    if line.ended_minor:
        said.append(_("%(amount)s was written off", amount=format_money(line.ended_minor, FUND_CURRENCY)))
    return said


@bp.route("/seats/<uuid:public_id>/settlement/enter", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def enter_settlement(public_id: uuid.UUID) -> Any:
    """How the journey went and what was billed."""
    one = queries.get(public_id, current_actor())
    allow(RULES, SettleAction.ENTER, facts_of(one))
    claim = claim_of(one)
    form = EntryForm.showing(one, claim)
    return confirmed(
        form,
        lambda **by: services.enter(public_id, version=form.version_number, entry=form.entry(), **by),
        page=lambda: render_template("participation/settling/enter.html", form=form, **_claimed(claim), **_shown(one)),
        done=_("Entered. A finance officer settles the seat."),
        lead=lambda _outcome: url_for(".settlement", public_id=public_id),
        at_form=AT_FORM,
    )


@bp.route("/seats/<uuid:public_id>/settlement/settle", methods=["GET", "POST"])
@access("finance_officer")
def settle_seat(public_id: uuid.UUID) -> Any:
    """A second person settles the seat."""
    one = queries.get(public_id, current_actor())
    allow(RULES, SettleAction.SETTLE, facts_of(one))
    form = SettleForm(version=str(one.seat.version), seen=str(one.total("owed_minor")))

    def page() -> str:
        told = audience_in_words(one.told_as, one.request, current_actor())
        if form.errors:
            form.seen.data = str(one.total("owed_minor"))  # it was read as the page shows it now
        return render_template(
            "participation/settling/settle.html", form=form, will=_will(one), told=told, **_shown(one)
        )

    return confirmed(
        form,
        lambda **by: services.settle(public_id, version=form.version_number, seen_minor=form.seen_minor, **by),
        page=page,
        done=_("Settled. What was not spent is with the pledges again."),
        lead=lambda _outcome: url_for(".settlement", public_id=public_id),
        at_form=AT_FORM,
    )


def _will(one: Settling) -> list[tuple[str, bool]]:
    back = format_money(one.held_minor, FUND_CURRENCY)
    will = [(_("%(amount)s that is held and was not spent goes back to the pledge.", amount=back), True)]
    for line in one.owed:
        facts = {"line": LINE_LABELS[line.kind], "amount": format_money(line.owed_minor, FUND_CURRENCY)}
        will.append((_("%(line)s: %(amount)s is owed back.", **facts) + f" {OWES_LABELS[line.owes]}.", False))
    will.append((_("Nothing more can be paid for this seat."), False))
    return will


@bp.route("/seats/<uuid:public_id>/settlement/<line>/write-off", methods=["GET", "POST"])
@access("finance_officer")
def write_off(public_id: uuid.UUID, line: str) -> Any:
    """Propose to give up what is owed for a line."""
    one = queries.get(public_id, current_actor())
    if line not in {each.kind for each in one.lines}:
        raise NotFound
    amount = owed(one, line)
    form = WriteOffForm()
    return confirmed(
        form,
        lambda **by: propose_write_off(public_id, line=line, reason=form.reason.data or "", **by),
        allow=lambda: allow(acts.RULES, Step.PROPOSE, acts.facts_of_kind(ActName.WRITE_OFF)),
        page=lambda: render_template(
            "participation/settling/write_off.html",
            form=form,
            label=LINE_LABELS[line],
            amount=amount,
            told=audience_in_words("pledges.act_proposed", one.request, current_actor()),
            **_shown(one),
        ),
        done=_("Proposed. Another finance officer or a manager confirms or refuses it."),
        lead=lambda act_id: url_for("acts.show", public_id=act_id),
        at_form=AT_FORM,
    )
