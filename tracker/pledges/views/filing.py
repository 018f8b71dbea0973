"""A pledge that came on paper is filed by a manager, for a donor with or without accounts."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from tracker.pledges import services
from tracker.pledges.actions import Action
from tracker.pledges.blueprint import pledges_bp
from tracker.pledges.forms import FileForm
from tracker.pledges.policies import RULES
from tracker.pledges.queries.donors import donors_to_file_for
from tracker.pledges.views.confirmation import AT_FORM, BESIDE
from tracker.rights.rules import authorize
from tracker.web.access import access, current_actor
from tracker.web.confirmation import confirmed


@pledges_bp.route("/file", methods=["GET", "POST"])
@access("programme_manager")
def file_on_paper() -> Any:
    """File an agreement on paper: it counts as signed, and somebody else accepts it."""
    form = FileForm()
    form.offer_currencies()
    form.offer_uses([])
    form.donor.choices = [SelectChoice(value=str(key), label=name) for key, name in donors_to_file_for()]

    def carry_out(**by: Any) -> str:
        paper, signed_by = form.agreement(), form.signed_by.data or ""
        return services.file_pledge(uuid.UUID(form.donor.data), form.terms, agreement=paper, signed_by=signed_by, **by)

    return confirmed(
        form,
        carry_out,
        allow=lambda: authorize(RULES, Action.FILE, current_actor(), None),
        page=lambda: render_template("pledges/file.html", form=form, will=_will()),
        done=_("Filed. Another programme manager or a finance officer accepts it."),
        lead=lambda public_id: url_for("pledges.show", public_id=public_id),
        beside=BESIDE,
        at_form=AT_FORM,
    )


def _will() -> list[tuple[str, bool]]:
    return [
        (_("It counts as signed by the donor; the agreement is kept with it."), True),
        (_("Another programme manager or a finance officer accepts it. Until then nothing is expected."), True),
        (_("The donor, the programme managers and the finance officers are told."), True),
    ]
