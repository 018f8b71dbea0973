"""Receipts: money that came in."""

import uuid
from typing import Any

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from tracker.calendar.now import today
from tracker.languages.formatting import format_day, format_money
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries, services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import ReceiptForm
from tracker.pledges.models import Pledge
from tracker.pledges.views.confirmation import Will, confirmed
from tracker.pledges.views.promises import confirmation_on_pledge, how_it_is_split, visible_pledge
from tracker.web.access import access


@pledges_bp.route("/<uuid:public_id>/receipt", methods=["GET", "POST"])
@access("finance_officer")
def record_receipt(public_id: uuid.UUID) -> Any:
    """Money came in."""
    pledge = visible_pledge(public_id)
    form = ReceiptForm(value_date=today())
    form.currency = pledge.currency
    form.instalment.choices = _instalments(pledge)
    confirmation = confirmation_on_pledge(
        Action.RECORD_RECEIPT,
        pledge,
        title=_("Record money received"),
        submit=_("Record the receipt"),
        done=_("Recorded. The donor will be told."),
        will=_what_a_receipt_does(pledge),
        event="pledges.receipt_recorded",
        currency=pledge.currency,
    )
    return confirmed(
        confirmation, form, lambda **by: services.record_receipt(public_id, money_in=form.money_in(), **by)
    )


def _what_a_receipt_does(pledge: Pledge) -> Will:
    expected = format_money(queries.sums_of([pledge.id])[pledge.id]["expected"], pledge.currency)
    will = [
        (_("%(amount)s are still expected on this pledge.", amount=expected), True),
        (how_it_is_split(pledge), True),
        (_("What is more than expected is kept apart until it is applied or returned."), True),
    ]
    if pledge.currency != FUND_CURRENCY:
        will.insert(1, (_("It is valued in USD at the rate of its value date."), True))
    return will


def _instalments(pledge: Pledge) -> list[SelectChoice]:
    first = SelectChoice(value="", label=_("The earliest outstanding"))
    parts = [
        SelectChoice(
            value=str(part.id),
            label=f"{format_money(part.outstanding_minor, pledge.currency)}, {format_day(part.due_on)}",
        )
        for part in pledge.instalments
        if part.outstanding_minor
    ]
    return [first, *parts]
