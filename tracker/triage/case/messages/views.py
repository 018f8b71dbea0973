"""The office writes to the State, and says yes, no or "needs no answer" to what the State asks."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.lifecycle import Action
from tracker.assistance.message_kinds import MessageKind
from tracker.assistance.messages import services
from tracker.assistance.messages.queries import message_of, thread
from tracker.assistance.messages.services.answering import REFUSABLE, must_be
from tracker.assistance.messages.words import PaperForm
from tracker.assistance.models import AssistanceRequest
from tracker.events import on_record
from tracker.languages.formatting import format_day
from tracker.rights.actor import REQUEST_OFFICERS, REQUEST_READERS
from tracker.triage.blueprint import bp
from tracker.triage.case.confirmation import Confirmation, back_to, confirmed, load_for
from tracker.triage.case.messages.forms import GiveTimeForm, OfficeMessageForm
from tracker.triage.case.views import page_of
from tracker.triage.forms import ReasonForm
from tracker.triage.queue.place import Place
from tracker.web.access import access, current_actor, sent_before
from tracker.web.forms import KeyedForm


@bp.get("/requests/<uuid:public_id>/messages")
@access(*REQUEST_READERS)
def messages(public_id: uuid.UUID) -> Any:
    """Everything that both sides wrote, page by page, the newest page first."""
    actor = current_actor()
    found = on_record(lambda: queries.get_visible(public_id, actor), actor=actor)
    page = thread(found, before=request.args.get("before", ""), after=request.args.get("after", ""))
    whose = queries.parts_of(found).owner
    return render_template(
        "triage/case/messages/thread.html", r=found, page=page, whose=whose, place=Place.here(), back=back_to(public_id)
    )


@bp.post("/requests/<uuid:public_id>/messages")
@access(*REQUEST_OFFICERS)
def write_message(public_id: uuid.UUID) -> Any:
    """Send words to the State."""
    load_for(public_id, Action.WRITE_MESSAGE)
    form = OfficeMessageForm()
    if not form.validate_on_submit():
        return page_of(public_id, {"message_form": form}), 422
    services.write_message(
        public_id,
        key=form.key.data,
        actor=current_actor(),
        body=form.body.data,
        kind=form.kind,
        answering=bool(form.answering.data),
        seen=form.seen_id,
    )
    flash(_("Message sent. The State is told."))
    return redirect(_to_thread(public_id))


def _to_thread(public_id: uuid.UUID) -> str:
    return back_to(public_id) + "#h-messages"


@bp.route("/requests/<uuid:public_id>/messages/paper", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def send_paper(public_id: uuid.UUID) -> Any:
    """Send the State a paper."""
    found, form = load_for(public_id, Action.WRITE_MESSAGE), PaperForm()
    confirmation = Confirmation(
        Action.WRITE_MESSAGE,
        title=_("Send a paper to the State"),
        submit=_("Send the paper"),
        done=_("Paper sent. The State is told."),
        event="assistance.paper_sent",
        template="triage/case/messages/paper.html",
        only_adds=True,
        will=[(_("The State reads the paper beside its request; it stays there."), True)],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.write_message(
            public_id, kind=MessageKind.PAPER, body=form.body.data, upload=form.file.data, answering=False, **how
        ),
    )


def _asked(public_id: uuid.UUID, message_id: uuid.UUID, *kinds: MessageKind) -> tuple[AssistanceRequest, Any]:
    """The request and the message that is to be answered, when the reader may do that now."""
    found = load_for(public_id, Action.ANSWER_MESSAGE)
    message = message_of(found, message_id)
    if not sent_before():
        must_be(message, *kinds)
    return found, message


@bp.route("/requests/<uuid:public_id>/messages/<uuid:message_id>/time", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def give_time(public_id: uuid.UUID, message_id: uuid.UUID) -> Any:
    """Say yes to more time."""
    (found, message), form = _asked(public_id, message_id, MessageKind.MORE_TIME), GiveTimeForm()
    confirmation = Confirmation(
        Action.ANSWER_MESSAGE,
        title=_("Give the State more time?"),
        submit=_("Give the time"),
        done=_("More time given. The State is told."),
        event="assistance.more_time_given",
        facts={"writer_ids": [message.written_by_id]},
        template="triage/case/messages/answer.html",
        will=[
            (_("The State has time for its answers until %(day)s.", day=format_day(message.day)), True),
            (_("The day before stays shown; the clock of the decision stands still meanwhile."), True),
        ],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.give_time(public_id, message_id, body=form.body.data or "", **how),
        message=message,
    )


@bp.route("/requests/<uuid:public_id>/messages/<uuid:message_id>/refuse", methods=["GET", "POST"])
@access(*REQUEST_OFFICERS)
def refuse_message(public_id: uuid.UUID, message_id: uuid.UUID) -> Any:
    """Say why more time is not given, or an amendment not prepared."""
    (found, message), form = _asked(public_id, message_id, *REFUSABLE), ReasonForm()
    confirmation = Confirmation(
        Action.ANSWER_MESSAGE,
        title=_("Say why not"),
        submit=_("Tell the State why not"),
        done=_("The State reads why not."),
        event="assistance.message_refused",
        facts={"writer_ids": [message.written_by_id]},
        template="triage/case/messages/answer.html",
        will=[
            (_("The State reads your reason; it stays on both sides' pages."), True),
            (_("The State can ask again."), True),
        ],
    )
    return confirmed(
        found,
        confirmation,
        form,
        lambda how: services.refuse_message(public_id, message_id, reason=form.reason.data, **how),
        message=message,
    )


@bp.post("/requests/<uuid:public_id>/messages/<uuid:message_id>/no-answer")
@access(*REQUEST_OFFICERS)
def needs_no_answer(public_id: uuid.UUID, message_id: uuid.UUID) -> Any:
    """Say that a message needs no answer."""
    services.needs_no_answer(public_id, message_id, key=KeyedForm().key.data, actor=current_actor())
    flash(_("It needs no answer. The State reads that."))
    return redirect(_to_thread(public_id))
