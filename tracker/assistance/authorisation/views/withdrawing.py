"""Taking a request back: a page that says what will happen."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.assistance import queries
from tracker.assistance.authorisation import services
from tracker.assistance.authorisation.forms import WithdrawForm
from tracker.assistance.blueprint import bp
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.page.loading import load_for, title_of
from tracker.assistance.page.other_capabilities import audience_in_words, funding
from tracker.languages.formatting import format_money
from tracker.web.access import access, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/<uuid:public_id>/withdraw", methods=["GET", "POST"])
@access("authorising_officer")
def withdraw(public_id: uuid.UUID) -> Any:
    """Take the request back in the State's name."""
    found = load_for(public_id, Action.WITHDRAW)
    form = WithdrawForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.withdraw(public_id, version=form.version_number, reason=form.reason.data, **by),
        page=lambda: render_template(
            "assistance/authorisation/withdraw.html",
            found=found,
            title=title_of(found),
            form=form,
            will=_consequences(found),
            told=audience_in_words("assistance.withdrawn", found, current_actor()),
        ),
        done=_("The request was withdrawn."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )


def _consequences(found: Any) -> list[tuple[str, bool]]:
    """What withdrawing does, each with whether it is harmless."""
    asked = queries.open_clarification(found) if found.status == Status.CLARIFICATION else None
    lines: list[tuple[str, bool]] = []
    if asked is not None:
        number = len(asked.questions)
        lines.append(
            (ngettext("%(num)d open question is closed.", "%(num)d open questions are closed.", number), False)
        )
    if found.status in (Status.SUBMITTED, Status.IN_REVIEW, Status.CLARIFICATION):
        lines.append((_("The clocks stop and no decision is made."), False))
    money = funding([found.id]).get(found.id)
    if money is not None and money.allocated_minor > money.paid_minor:
        held = format_money(money.allocated_minor - money.paid_minor, "USD")
        lines.append((_("%(amount)s set aside for it goes back to the pledges at once.", amount=held), False))
    else:
        lines.append((_("No money is affected: none is set aside."), True))
    lines.append((_("This cannot be undone. A new request can be made at any time."), False))
    lines.append((_("The request stays in your list with its history."), True))
    return lines
