"""Sign, accept, refuse: from an offer to a pledge."""

import uuid
from functools import partial
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from tracker.access import access, current_actor
from tracker.i18n import format_money
from tracker.pledges import queries, services
from tracker.pledges.forms import AcceptForm, ConfirmForm, ReasonForm
from tracker.pledges.models import Pledge
from tracker.pledges.views.acting import confirm_page, done, must_be_able, told
from tracker.pledges.views.blueprints import pledges_bp


def pledge_for(action: str, public_id: uuid.UUID) -> Pledge:
    """The pledge, if the actor may see it and do `action` to it."""
    pledge = queries.get_visible(public_id, current_actor())
    must_be_able(action, pledge)
    return pledge


def page_of(pledge: Pledge) -> str:
    """The pledge's address."""
    return url_for("pledges.show", public_id=pledge.public_id)


def subject_of(pledge: Pledge) -> str:
    """How a confirmation page names the pledge."""
    return f"{pledge.reference} · {pledge.title} · {format_money(pledge.amount_minor, pledge.currency)}"


@pledges_bp.route("/<uuid:public_id>/sign", methods=["GET", "POST"])
@access("donor_signatory")
def sign(public_id: uuid.UUID) -> Any:
    """A signatory binds the donor."""
    pledge = pledge_for("sign", public_id)
    form = ConfirmForm(version=pledge.version)
    if done(form, partial(services.sign, public_id, version=form.version_number)):
        flash(_("Signed. UNODC will be told."), "ok")
        return redirect(page_of(pledge))
    return confirm_page(
        form,
        title=_("Sign this pledge?"),
        submit=_("Sign the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[
            (_("You sign in the name of your organisation."), True),
            (_("UNODC accepts the pledge with an agreement, or refuses it with a reason."), True),
            (_("You can withdraw it as long as money has not been paid in."), True),
        ],
        told=told("pledges.signed", pledge),
    )


@pledges_bp.route("/<uuid:public_id>/accept", methods=["GET", "POST"])
@access("programme_manager")
def accept(public_id: uuid.UUID) -> Any:
    """The office takes the pledge under an agreement."""
    pledge = pledge_for("accept", public_id)
    form = AcceptForm(version=pledge.version)
    if form.validate_on_submit() and done(
        form, partial(services.accept, public_id, version=form.version_number, agreement=form.agreement())
    ):
        flash(_("Accepted. The donor will be told, and the instalments are expected from now on."), "ok")
        return redirect(page_of(pledge))
    amount = format_money(pledge.amount_minor, pledge.currency)
    return confirm_page(
        form,
        title=_("Accept this pledge?"),
        submit=_("Accept the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[
            (_("%(amount)s are expected by the dates of the instalments.", amount=amount), True),
            (_("The rate of support cost stays as it was when the pledge was offered."), True),
        ],
        told=told("pledges.accepted", pledge),
        upload=True,
    )


@pledges_bp.route("/<uuid:public_id>/refuse", methods=["GET", "POST"])
@access("programme_manager")
def refuse(public_id: uuid.UUID) -> Any:
    """The office does not take the pledge."""
    pledge = pledge_for("refuse", public_id)
    form = ReasonForm(version=pledge.version)
    if done(form, partial(services.refuse, public_id, version=form.version_number, reason=form.reason.data or "")):
        flash(_("Refused. The donor will be told."), "ok")
        return redirect(page_of(pledge))
    return confirm_page(
        form,
        title=_("Refuse this pledge?"),
        submit=_("Refuse the pledge"),
        back=page_of(pledge),
        subject=subject_of(pledge),
        will=[(_("The pledge is closed; the donor sees your reason and can offer again."), False)],
        told=told("pledges.refused", pledge),
        risk=True,
    )
