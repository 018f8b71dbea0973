"""Recording how a State was reached that no letter had reached."""

import uuid
from typing import Any

from flask import request
from flask_babel import gettext as _

from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.reaching import services
from tracker.calendar.now import today
from tracker.rights.actor import REQUEST_OFFICERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, confirmed, load_for
from tracker.triage.case.reaching.forms import ContactForm
from tracker.web.access import access


@bp.route("/requests/<uuid:public_id>/contact", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def record_contact(public_id: uuid.UUID) -> Any:
    """Write down when and how the State was reached."""
    found = load_for(public_id, Action.RECORD_CONTACT)
    form = ContactForm(data=None if request.method == "POST" else {"day": today()})
    will = [(_("The request no longer says that the State was not reached."), True)]
    if found.status == Status.CLARIFICATION:
        will.append((_("The State's time to answer begins on the day that you enter."), True))
    confirmation = Confirmation(
        Action.RECORD_CONTACT,
        title=_("Record how the State was reached"),
        submit=_("Record it"),
        done=_("Recorded."),
        template="triage/case/reaching/contact.html",
        will=[*will, (_("The State reads what you write."), True)],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.record_contact(public_id, day=form.day.data, reason=form.reason.data, **how),
    )
