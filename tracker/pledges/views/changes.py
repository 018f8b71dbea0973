"""A pledge ends."""

import uuid
from typing import Any

from flask_babel import gettext as _

from tracker.languages.formatting import format_money
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import ConfirmForm, ReasonForm
from tracker.pledges.models import Pledge
from tracker.pledges.views.confirmation import Will, confirmed
from tracker.pledges.views.promises import confirmation_on_pledge, visible_pledge
from tracker.rights.actor import PLEDGE_WRITERS
from tracker.web.access import access


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
@access(*PLEDGE_WRITERS)
def withdraw(public_id: uuid.UUID) -> Any:
    """The donor takes back what it has not paid."""
    pledge = visible_pledge(public_id)
    form = ReasonForm(version=pledge.version)
    confirmation = confirmation_on_pledge(
        Action.WITHDRAW,
        pledge,
        title=_("Withdraw this pledge?"),
        submit=_("Withdraw the pledge"),
        done=_("Withdrawn. UNODC will be told."),
        will=_what_ends(pledge),
        event="pledges.withdrawn",
        risk=True,
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.withdraw(public_id, version=form.version_number, reason=form.reason.data or "", **by),
    )


@pledges_bp.route("/<uuid:public_id>/lapse", methods=["GET", "POST"])
@access("programme_manager")
def lapse(public_id: uuid.UUID) -> Any:
    """The office notes that the rest will not come."""
    pledge = visible_pledge(public_id)
    form = ReasonForm(version=pledge.version)
    confirmation = confirmation_on_pledge(
        Action.LAPSE,
        pledge,
        title=_("Note this pledge as lapsed?"),
        submit=_("Note as lapsed"),
        done=_("Noted as lapsed. The donor will be told."),
        will=_what_ends(pledge),
        event="pledges.lapsed",
        risk=True,
    )
    return confirmed(
        confirmation,
        form,
        lambda **by: services.lapse(public_id, version=form.version_number, reason=form.reason.data or "", **by),
    )


@pledges_bp.route("/<uuid:public_id>/close", methods=["GET", "POST"])
@access("programme_manager")
def close(public_id: uuid.UUID) -> Any:
    """Everything came in and was used."""
    pledge = visible_pledge(public_id)
    form = ConfirmForm(version=pledge.version)
    confirmation = confirmation_on_pledge(
        Action.CLOSE,
        pledge,
        title=_("Close this pledge?"),
        submit=_("Close the pledge"),
        done=_("Closed."),
        will=[(_("No more money is expected, allocated or paid. What was recorded stays."), True)],
        event="pledges.closed",
    )
    return confirmed(confirmation, form, lambda **by: services.close(public_id, version=form.version_number, **by))
