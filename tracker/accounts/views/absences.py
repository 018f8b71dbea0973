"""One's own absence: until when, and who stands in meanwhile."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.accounts import queries, services
from tracker.accounts.blueprint import bp
from tracker.accounts.forms.absences import AbsenceForm
from tracker.web.access import access, current_actor
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@bp.route("/account/absence", methods=["GET", "POST"])
@access("signed_in")
def absence() -> Any:
    """Say that one is away, or that one is back."""
    actor = current_actor()
    form = AbsenceForm().offer(queries.possible_stand_ins(actor))
    return confirmed(
        form,
        lambda **by: services.begin_absence(back_on=form.back_on.data, stand_in=form.chosen, **by),
        page=lambda: _page(form),
        done=_("Saved. What waits for you stands in your stand-in's list as well, and messages go to both of you."),
        lead=lambda _outcome: url_for(".absence"),
    )


def _page(form: AbsenceForm) -> str:
    actor = current_actor()
    present = queries.absence_of(actor.membership_id)
    return render_template(
        "accounts/absence.html",
        form=form,
        absence=present,
        back_form=KeyedForm(formdata=None, version=present.version if present else None),
        standing_in=queries.stood_in_for_by(actor.membership_id),
    )


@bp.post("/account/absence/end")
@access("signed_in")
def end_absence() -> Any:
    """Be back before the day."""
    form = KeyedForm()
    services.end_absence(key=form.key.data, actor=current_actor(), version=form.version_number)
    flash(_("Welcome back. Nobody stands in for you any more."))
    return redirect(url_for(".absence"))
