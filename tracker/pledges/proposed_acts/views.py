"""The pages of acts that take two persons: their list, one act, and its answers."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.assistance.models import AssistanceRequest
from tracker.errors import Conflict, DomainError, Invalid, NotFound
from tracker.events import opened
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.money import FUND_CURRENCY
from tracker.notifications import queries as notifications
from tracker.pledges import queries as money
from tracker.pledges.forms import ConfirmForm, ReasonForm
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.proposed_acts import kinds, queries, services
from tracker.pledges.proposed_acts.blueprint import acts_bp
from tracker.pledges.proposed_acts.forms import TopUpForm
from tracker.pledges.proposed_acts.lifecycle import ActName, Step
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.policies import RULES, facts_of, facts_of_kind
from tracker.pledges.proposed_acts.queries import Listed
from tracker.pledges.proposed_acts.top_up import More, propose_top_up, refuse_line_of_others
from tracker.pledges.queries.seat_lines import OpenLine
from tracker.pledges.seat_lines import LINE_LABELS, LineMoney
from tracker.rights.actor import MONEY_PLANNERS, REQUEST_READERS, TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed

AT_FORM = (Invalid, Conflict)
Will = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the page says that asks once more before a step."""

    title: str
    submit: str
    step: Step
    event: str
    will: Will
    risk: bool = False


@acts_bp.get("")
@access(*REQUEST_READERS)
def index() -> Any:
    """What waits for a second person, and what was answered lately."""
    actor = current_actor()
    return render_template("pledges/acts.html", waiting=queries.waiting(actor), answered=queries.answered(actor))


@acts_bp.get("/<uuid:public_id>")
@access(*REQUEST_READERS)
def show(public_id: uuid.UUID) -> Any:
    """One act: what it would do, who proposed it and why, and what stands in its way."""
    found = queries.get(public_id, current_actor())
    if kinds.named(found.act.kind).of_both:
        return redirect(url_for("pledges.change", act_id=public_id))
    if opened(found.act, actor=current_actor(), part_of=_part_of(found.act)):
        found = queries.get(public_id, current_actor())
    facts = facts_of(found)
    refusal = can(RULES, Step.CONFIRM, current_actor(), facts)
    return render_template(
        "pledges/act.html",
        found=found,
        may={step for step in Step if can(RULES, step, current_actor(), facts) is None},
        somebody_else=refusal.message if refusal is not None and refusal.code == "two_persons" else "",
        obstacle=obstacle(found) if found.act.status == "waiting" else "",
    )


def _answered_here(public_id: uuid.UUID) -> Listed:
    """An act that takes one answer. Raises NotFound for a change of a promise: it has a page of its own."""
    found = queries.get(public_id, current_actor())
    if kinds.named(found.act.kind).of_both:
        raise NotFound
    return found


def _part_of(act: ProposedAct) -> tuple[type[Any], int]:
    if act.pledge_id is not None:
        return Pledge, act.pledge_id
    return AssistanceRequest, act.request_id or 0


def obstacle(found: Listed) -> str:
    """Why the act could not be confirmed as things stand; empty when it could."""
    try:
        kinds.named(found.act.kind).check(found.act)
    except (Conflict, Invalid) as refused:
        return _said(refused)
    return ""


def _said(refused: DomainError) -> str:
    fields = getattr(refused, "fields", None) or {"": refused.message}
    return " ".join(str(message) for message in fields.values())


@acts_bp.route("/<uuid:public_id>/confirm", methods=["GET", "POST"])
@access(*MONEY_PLANNERS)
def confirm(public_id: uuid.UUID) -> Any:
    """A second person confirms: it is done at once."""
    found = _answered_here(public_id)
    form = ConfirmForm(version=found.act.version)
    will: Will = [(str(sentence), True) for sentence in kinds.named(found.act.kind).does]
    page = _Page(_("Confirm this step?"), _("Confirm"), Step.CONFIRM, "pledges.act_confirmed", will)
    return _answered(
        found, form, page, lambda **by: services.confirm(public_id, version=form.version_number, **by), _("Confirmed.")
    )


@acts_bp.route("/<uuid:public_id>/refuse", methods=["GET", "POST"])
@access(*MONEY_PLANNERS)
def refuse(public_id: uuid.UUID) -> Any:
    """A second person says no."""
    found = _answered_here(public_id)
    form = ReasonForm(version=found.act.version)
    will: Will = [(_("No money moves."), True), (_("Whoever proposed it reads your reason."), True)]
    page = _Page(_("Refuse this step?"), _("Refuse"), Step.REFUSE, "pledges.act_refused", will, risk=True)

    def carry_out(**by: Any) -> None:
        services.refuse_act(public_id, version=form.version_number, reason=form.reason.data or "", **by)

    return _answered(found, form, page, carry_out, _("Refused."))


@acts_bp.route("/<uuid:public_id>/take-back", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS, "finance_officer")
def take_back(public_id: uuid.UUID) -> Any:
    """Whoever proposed it takes it back, or somebody in the stead of who is gone."""
    found = _answered_here(public_id)
    form = ConfirmForm(version=found.act.version)
    will: Will = [(_("No money moves."), True)]
    page = _Page(_("Take this proposal back?"), _("Take it back"), Step.TAKE_BACK, "pledges.act_taken_back", will)
    return _answered(
        found,
        form,
        page,
        lambda **by: services.take_back(public_id, version=form.version_number, **by),
        _("Taken back."),
    )


def _answered(found: Listed, form: Any, page: _Page, carry_out: Any, done: str) -> Any:
    back = url_for("acts.show", public_id=found.act.public_id)
    facts = facts_of(found)
    return confirmed(
        form,
        carry_out,
        allow=lambda: allow(RULES, page.step, facts),
        page=lambda: render_template(
            "pledges/act_form.html", page=page, form=form, back=back, subject=_subject(found), told=_told(found, page)
        ),
        done=done,
        lead=lambda _outcome: back,
        at_form=AT_FORM,
    )


def _subject(found: Listed) -> str:
    return f"{found.reference}: {found.sentence}"


def _told(found: Listed, page: _Page) -> Any:
    facts: dict[str, Any] = {"proposed_by_id": found.act.proposed_by_id}
    if found.act.request_id is not None:
        facts["request_id"] = found.act.request_id
    return notifications.audience_in_words(page.event, services.subject_of(found.act), current_actor(), **facts)


@acts_bp.route("/top-up/<uuid:public_id>/<line>", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def top_up(public_id: uuid.UUID, line: str) -> Any:
    """Propose more money for a line of the seat that an allocation pays."""
    actor = current_actor()
    allocation, pledge = money.get_allocation(public_id, actor)
    found = _line_to_top_up(allocation, line)
    form = TopUpForm()
    candidates = [one for one in money.candidates(allocation.request_id) if one.verdict.suits and one.available_minor]
    form.offer(candidates)
    if not form.pledge.data and any(one.pledge.id == allocation.pledge_id for one in candidates):
        form.pledge.data = str(pledge.public_id)
    request = db.session.get_one(AssistanceRequest, allocation.request_id)
    will: Will = [
        (_approved_and_paid(found), True),
        (_("Nothing moves before a finance officer confirms it."), True),
    ]
    page = _Page(_("Propose a top-up"), _("Propose it"), Step.PROPOSE, "pledges.act_proposed", will)
    subject = f"{request.reference} · {LINE_LABELS[line]}"
    told = notifications.audience_in_words(page.event, request, actor, request_id=request.id)
    back = url_for("finance.allocation", public_id=public_id)

    def carry_out(**by: Any) -> str:
        more = More(line, _chosen(form.pledge.data), form.amount_minor, form.reason.data or "")
        return propose_top_up(public_id, more=more, **by)

    return confirmed(
        form,
        carry_out,
        allow=lambda: allow(RULES, Step.PROPOSE, facts_of_kind(ActName.TOP_UP)),
        page=lambda: render_template(
            "pledges/act_form.html", page=page, form=form, back=back, subject=subject, told=told, barred=not candidates
        ),
        done=_("Proposed. A finance officer confirms or refuses it."),
        lead=lambda act_id: url_for("acts.show", public_id=act_id),
        at_form=AT_FORM,
    )


def _line_to_top_up(allocation: Allocation, kind: str) -> LineMoney | OpenLine:
    """The line of the seat: one that the allocation pays, or one for which nothing is approved yet. Raises NotFound,
    Conflict for one that somebody else pays."""
    if allocation.seat_id is None:
        raise NotFound
    paid = next((one for one in money.lines_of(allocation.id) if one.kind == kind), None)
    if paid is not None:
        return paid
    line = next((one for one in money.open_lines_of(allocation.seat_id) if one.kind == kind), None)
    if line is None:
        raise NotFound
    refuse_line_of_others(line)
    return line


def _chosen(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Invalid(fields={"pledge": _("Choose the pledge that pays.")}) from None


def _approved_and_paid(line: Any) -> str:
    sums = {name: format_money(getattr(line, f"{name}_minor"), FUND_CURRENCY) for name in ("approved", "paid")}
    return _("%(approved)s is approved for this line, %(paid)s of it paid.", **sums)
