"""Which mail about a request went to whom, and recording how a State was reached that no letter had reached."""

import uuid
from typing import Any

from flask import render_template, request
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.lifecycle import Action, Status
from tracker.assistance.reaching import services
from tracker.calendar.now import today
from tracker.events import on_record
from tracker.notifications import letters as mail
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, back_to, confirmed, load_for
from tracker.triage.case.reaching.forms import ContactForm
from tracker.triage.queue.place import Place
from tracker.web.access import access, current_actor
from tracker.web.reading import read_row


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


@bp.get("/requests/<uuid:public_id>/letters")
@access(*REQUEST_READERS)
def letters(public_id: uuid.UUID) -> Any:
    """All mail about the request: to whom, when, in which language, with what outcome."""
    found, before = _opened(public_id), read_row(request.args.get("before"))
    shown, further = mail.page(found.id, before=before)
    return _shown("letters.html", found, letters=shown, before=before, further=further)


@bp.get("/requests/<uuid:public_id>/letters/<uuid:letter_id>")
@access(*REQUEST_READERS)
def letter(public_id: uuid.UUID, letter_id: uuid.UUID) -> Any:
    """One mail with its text, made again."""
    found = _opened(public_id)
    shown, text = mail.one(found.id, letter_id)
    return _shown("letter.html", found, letter=shown, text=text)


def _opened(public_id: uuid.UUID) -> Any:
    actor = current_actor()
    return on_record(lambda: queries.get_visible(public_id, actor), actor=actor)


def _shown(template: str, found: Any, **values: Any) -> str:
    place = Place.here()
    here = {**place.whole_query, "public_id": found.public_id}
    back = back_to(found.public_id)
    return render_template(f"triage/case/reaching/{template}", r=found, place=place, here=here, back=back, **values)
