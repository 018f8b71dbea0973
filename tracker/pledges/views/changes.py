"""A pledge ends, shrinks or grows."""

import uuid
from functools import partial
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _

from tracker.access import access
from tracker.i18n import format_money
from tracker.pledges import queries, services
from tracker.pledges.forms import ConfirmForm, RaiseForm, ReasonForm, ReduceForm
from tracker.pledges.models import Pledge
from tracker.pledges.views.acting import Will, confirm_page, done, told
from tracker.pledges.views.blueprints import pledges_bp
from tracker.pledges.views.promises import page_of, pledge_for, subject_of


def _what_ends(pledge: Pledge) -> Will:
    """What a pledge's end means for its money."""
    sums = queries.sums_of([pledge.id])[pledge.id]
    if not any(sums.values()):
        return [(_("No money is affected: nothing has been received."), True)]
    expected = format_money(sums["expected"], pledge.currency)
    return [
        (_("%(amount)s that have not been paid are no longer expected.", amount=expected), False),
        (_("Plans that nobody approved yet are dropped."), False),
        (_("Money that was received stays for what it is held for; the rest can be refunded."), True),
    ]


@pledges_bp.route("/<uuid:public_id>/withdraw", methods=["GET", "POST"])
@access("donor_officer", "donor_signatory")
def withdraw(public_id: uuid.UUID) -> Any:
    """The donor takes back what it has not paid."""
    pledge = pledge_for("withdraw", public_id)
    form = ReasonForm(version=pledge.version)
    if done(form, partial(services.withdraw, public_id, version=form.version_number, reason=form.reason.data or "")):
        flash(_("Withdrawn. UNODC will be told."), "ok")
        return redirect(page_of(pledge))
    return confirm_page(
        form,
        title=_("Withdraw this pledge?"),
        submit=_("Withdraw the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=_what_ends(pledge),
        told=told("pledges.withdrawn", pledge),
        risk=True,
    )


@pledges_bp.route("/<uuid:public_id>/lapse", methods=["GET", "POST"])
@access("programme_manager")
def lapse(public_id: uuid.UUID) -> Any:
    """The office notes that the rest will not come."""
    pledge = pledge_for("lapse", public_id)
    form = ReasonForm(version=pledge.version)
    if done(form, partial(services.lapse, public_id, version=form.version_number, reason=form.reason.data or "")):
        flash(_("Noted as lapsed. The donor will be told."), "ok")
        return redirect(page_of(pledge))
    return confirm_page(
        form,
        title=_("Note this pledge as lapsed?"),
        submit=_("Note as lapsed"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=_what_ends(pledge),
        told=told("pledges.lapsed", pledge),
        risk=True,
    )


@pledges_bp.route("/<uuid:public_id>/close", methods=["GET", "POST"])
@access("programme_manager")
def close(public_id: uuid.UUID) -> Any:
    """Everything came in and was used."""
    pledge = pledge_for("close", public_id)
    form = ConfirmForm(version=pledge.version)
    if done(form, partial(services.close, public_id, version=form.version_number)):
        flash(_("Closed."), "ok")
        return redirect(page_of(pledge))
    return confirm_page(
        form,
        title=_("Close this pledge?"),
        submit=_("Close the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[(_("No more money is expected, allocated or paid. What was recorded stays."), True)],
        told=told("pledges.closed", pledge),
    )


@pledges_bp.route("/<uuid:public_id>/reduce", methods=["GET", "POST"])
@access("programme_manager")
def reduce_amount(public_id: uuid.UUID) -> Any:
    """The promise shrinks by what has not come in."""
    pledge = pledge_for("reduce", public_id)
    form = ReduceForm()
    form.currency = pledge.currency
    if form.validate_on_submit() and done(
        form,
        partial(services.reduce_amount, public_id, amount_minor=form.amount_minor, reason=form.reason.data or ""),
    ):
        flash(_("The pledge is reduced."), "ok")
        return redirect(page_of(pledge))
    expected = format_money(queries.sums_of([pledge.id])[pledge.id]["expected"], pledge.currency)
    return confirm_page(
        form,
        title=_("Reduce this pledge"),
        submit=_("Reduce the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[(_("The last instalments shrink first. %(amount)s are still expected.", amount=expected), False)],
        told=told("pledges.reduced", pledge),
        currency=pledge.currency,
        risk=True,
    )


@pledges_bp.route("/<uuid:public_id>/raise", methods=["GET", "POST"])
@access("programme_manager")
def raise_amount(public_id: uuid.UUID) -> Any:
    """The promise grows by a further instalment."""
    pledge = pledge_for("raise", public_id)
    form = RaiseForm()
    form.currency = pledge.currency
    if form.validate_on_submit() and done(
        form,
        partial(
            services.raise_amount,
            public_id,
            amount_minor=form.amount_minor,
            due_on=form.due_on.data,
            reason=form.reason.data or "",
        ),
    ):
        flash(_("The pledge is raised."), "ok")
        return redirect(page_of(pledge))
    return confirm_page(
        form,
        title=_("Raise this pledge"),
        submit=_("Raise the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[(_("A further instalment is expected."), True)],
        told=told("pledges.raised", pledge),
        currency=pledge.currency,
    )
