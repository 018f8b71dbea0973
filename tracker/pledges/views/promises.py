"""Sign, accept, refuse: from an offer to a pledge."""

import uuid
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.languages.formatting import format_money, format_number
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import AcceptForm, ConfirmForm, ReasonForm
from tracker.pledges.models import Pledge
from tracker.pledges.views.confirmation import Confirmation, confirmed
from tracker.rights.actor import MONEY_PLANNERS
from tracker.web.access import access, current_actor


def visible_pledge(public_id: uuid.UUID) -> Pledge:
    """The pledge. Raises NotFound when the actor may not see it."""
    return queries.get_visible(public_id, current_actor())


def confirmation_on_pledge(action: Action, pledge: Pledge, **words: Any) -> Confirmation:
    """The confirmation of an action on a whole pledge, which leads back to the pledge's page."""
    subject = f"{pledge.reference} · {pledge.title} · {format_money(pledge.amount_minor, pledge.currency)}"
    back = url_for("pledges.show", public_id=pledge.public_id)
    return Confirmation(action=action, on=pledge, pledge=pledge, subject=subject, back=back, **words)


def how_it_is_split(pledge: Pledge) -> str:
    """What of the money that comes in can be allocated, in words."""
    rate = pledge.support_rate_bp / 100
    return _(
        "Of every %(whole)s received, 100 can be allocated to requests and %(rate)s are support cost.",
        whole=format_number(100 + rate),
        rate=format_number(rate),
    )


@pledges_bp.route("/<uuid:public_id>/sign", methods=["GET", "POST"])
@access("donor_signatory")
def sign(public_id: uuid.UUID) -> Any:
    """A signatory signs the pledge for the donor."""
    pledge = visible_pledge(public_id)
    form = ConfirmForm(version=pledge.version)
    confirmation = confirmation_on_pledge(
        Action.SIGN,
        pledge,
        title=_("Sign this pledge?"),
        submit=_("Sign the pledge"),
        done=_("Signed. UNODC will be told."),
        will=[
            (_("You sign in the name of your organisation."), True),
            (_("UNODC accepts the pledge with an agreement, or refuses it with a reason."), True),
            (_("You can withdraw at any time what has not been paid in."), True),
        ],
        event="pledges.signed",
    )
    return confirmed(confirmation, form, lambda **by: services.sign(public_id, version=form.version_number, **by))


@pledges_bp.route("/<uuid:public_id>/accept", methods=["GET", "POST"])
@access(*MONEY_PLANNERS)
def accept(public_id: uuid.UUID) -> Any:
    """The office takes the pledge under an agreement."""
    pledge = visible_pledge(public_id)
    filed = pledge.signed_on_paper_by is not None
    form: Any = ConfirmForm(version=pledge.version) if filed else AcceptForm(version=pledge.version)
    amount = format_money(pledge.amount_minor, pledge.currency)
    confirmation = confirmation_on_pledge(
        Action.ACCEPT,
        pledge,
        title=_("Accept this pledge?"),
        submit=_("Accept the pledge"),
        done=_("Accepted. The donor will be told, and the instalments are expected from now on."),
        will=[
            (_("%(amount)s are expected by the dates of the instalments.", amount=amount), True),
            (how_it_is_split(pledge), True),
        ],
        event="pledges.accepted",
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.accept(
            public_id, version=form.version_number, agreement=None if filed else form.agreement(), **by
        ),
    )


@pledges_bp.route("/<uuid:public_id>/refuse", methods=["GET", "POST"])
@access("programme_manager")
def refuse(public_id: uuid.UUID) -> Any:
    """The office does not take the pledge."""
    pledge = visible_pledge(public_id)
    form = ReasonForm(version=pledge.version)
    confirmation = confirmation_on_pledge(
        Action.REFUSE,
        pledge,
        title=_("Refuse this pledge?"),
        submit=_("Refuse the pledge"),
        done=_("Refused. The donor will be told."),
        will=[(_("The pledge is closed; the donor sees your reason and can offer again."), False)],
        event="pledges.refused",
        risk=True,
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.refuse(public_id, version=form.version_number, reason=form.reason.data or "", **by),
    )
