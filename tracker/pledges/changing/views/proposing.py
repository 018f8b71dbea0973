"""The pages on which a change of a promise is proposed."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.languages.formatting import format_day, format_money
from tracker.notifications.queries import audience_in_words
from tracker.pledges import policies, queries
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.changing.amounts import propose_raise, propose_reduction
from tracker.pledges.changing.forms import EarmarkForm, ExtendForm, RaiseForm, ReduceForm
from tracker.pledges.changing.terms import propose_earmarks, propose_extension
from tracker.pledges.earmarks import rules_of
from tracker.pledges.models import Pledge
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.views.confirmation import AT_FORM, Confirmation, Will
from tracker.pledges.views.offering import need_choices
from tracker.pledges.views.promises import confirmation_on_pledge, visible_pledge
from tracker.web import confirmation as web_confirmation
from tracker.web.access import access, allow, current_actor
from tracker.web.forms import KeyedForm

PROPOSERS = ("donor_officer", "programme_manager")


@pledges_bp.route("/<uuid:public_id>/raise", methods=["GET", "POST"])
@access(*PROPOSERS)
def raise_amount(public_id: uuid.UUID) -> Any:
    """Propose that the promise grows by a further instalment."""
    pledge, form = visible_pledge(public_id), RaiseForm()
    form.currency = pledge.currency
    asked = _asking(
        Action.RAISE, pledge, _("Propose to raise this pledge"), [(_("A further instalment is expected."), True)]
    )
    return proposed(asked, form, lambda **by: propose_raise(public_id, **form.growth(), **by))


@pledges_bp.route("/<uuid:public_id>/reduce", methods=["GET", "POST"])
@access(*PROPOSERS)
def reduce_amount(public_id: uuid.UUID) -> Any:
    """Propose that the promise shrinks by what has not come in."""
    pledge, form = visible_pledge(public_id), ReduceForm()
    form.currency = pledge.currency
    expected = format_money(queries.sums_of([pledge.id])[pledge.id]["expected"], pledge.currency)
    will = [(_("The last instalments shrink first. %(amount)s are still expected.", amount=expected), False)]
    asked = _asking(Action.REDUCE, pledge, _("Propose to reduce this pledge"), will)

    def carry_out(**by: Any) -> str:
        return propose_reduction(public_id, amount_minor=form.amount_minor, reason=form.reason.data or "", **by)

    return proposed(asked, form, carry_out)


@pledges_bp.route("/<uuid:public_id>/extend", methods=["GET", "POST"])
@access(*PROPOSERS)
def extend(public_id: uuid.UUID) -> Any:
    """Propose that the agreement ends on a later day."""
    pledge, form = visible_pledge(public_id), ExtendForm()
    ends_on = format_day(pledge.ends_on) if pledge.ends_on is not None else "–"
    will = [(_("The agreement ends on %(day)s now. Allocations are approved up to its end.", day=ends_on), True)]
    asked = _asking(Action.EXTEND, pledge, _("Propose to extend this pledge"), will)

    def carry_out(**by: Any) -> str:
        return propose_extension(public_id, ends_on=form.ends_on.data, reason=form.reason.data or "", **by)

    return proposed(asked, form, carry_out)


@pledges_bp.route("/<uuid:public_id>/earmark", methods=["GET", "POST"])
@access(*PROPOSERS)
def change_earmark(public_id: uuid.UUID) -> Any:
    """Propose that the money is for something else from now on."""
    pledge, form = visible_pledge(public_id), EarmarkForm()
    rules = rules_of(pledge.earmarks)
    form.offer_uses(need_choices() if current_actor().is_donor else [], kept=rules)
    form.fill_in(rules)
    will = [(_("What was approved stays. What is approved from then on suits the new earmark."), True)]
    asked = _asking(Action.EARMARK, pledge, _("Propose to change the earmark"), will)

    def carry_out(**by: Any) -> str:
        return propose_earmarks(public_id, rules=form.proposed_rules(), reason=form.reason.data or "", **by)

    return proposed(asked, form, carry_out, template="pledges/earmark.html")


def _asking(action: Action, pledge: Pledge, title: str, will: Will) -> Confirmation:
    second = _("Nothing changes before a signatory of the donor and a programme manager have both said yes.")
    read = _("The donor and UNODC read your reason.")
    return confirmation_on_pledge(
        action,
        pledge,
        title=title,
        submit=_("Propose it"),
        done=_("Proposed. It waits for the yes of the donor and of UNODC."),
        will=[(second, True), *will, (read, True)],
        event="pledges.change_proposed",
        currency=pledge.currency,
    )


def proposed(
    asked: Confirmation, form: KeyedForm, carry_out: Callable[..., str], *, template: str = "pledges/confirm.html"
) -> Any:
    """The page on which a change is proposed; it leads to the page of the change."""
    told = audience_in_words(asked.event, asked.pledge, current_actor())
    return web_confirmation.confirmed(
        form,
        carry_out,
        allow=lambda: allow(policies.RULES, asked.action, rule_facts_of(asked.pledge)),
        page=lambda: render_template(template, confirmation=asked, form=form, told=told),
        done=asked.done,
        lead=lambda act_id: url_for("pledges.change", act_id=act_id),
        at_form=AT_FORM,
    )
