"""What a donor wants to be shown first."""

from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from tracker.pledges import queries, services
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import InterestsForm
from tracker.pledges.views.confirmation import sent_and_done
from tracker.rights.actor import PLEDGE_WRITERS
from tracker.web.access import access, current_actor


@pledges_bp.route("/interests", methods=["GET", "POST"])
@access(*PLEDGE_WRITERS)
def interests() -> Any:
    """What the donor wants to be shown first."""
    kept = queries.interests_of(current_actor())
    form = InterestsForm(version=kept.version, **kept.rules)
    if form.validate_on_submit() and sent_and_done(
        form, partial(services.set_interests, form.rules(), version=form.version_number)
    ):
        flash(_("Your interests are saved."), "ok")
        return redirect(url_for("desks.donor"))
    return render_template("pledges/interests.html", form=form), 422 if form.errors or form.form_errors else 200
