"""What a State asks for with a message, each on a page that says what will happen and who will be told."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from tracker.assistance.blueprint import bp
from tracker.assistance.conflicts import AMENDMENT_WANTED, MORE_TIME_ASKED
from tracker.assistance.incoming_note import Note
from tracker.assistance.lifecycle import Action
from tracker.assistance.message_kinds import KINDS, MessageKind, Side
from tracker.assistance.messages import services
from tracker.assistance.messages.forms import AmendmentForm, MoreTimeForm, NotAsDescribedForm
from tracker.assistance.messages.queries import delivered_activities
from tracker.assistance.messages.services.asking import answer_due_on, refuse_second
from tracker.assistance.messages.words import PaperForm
from tracker.assistance.page.loading import load_for, title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.calendar.now import today
from tracker.languages.formatting import format_day
from tracker.rights.actor import REQUEST_WRITERS
from tracker.web.access import access, current_actor, sent_before
from tracker.web.confirmation import confirmed
from tracker.web.forms import KeyedForm


@dataclass(frozen=True, slots=True)
class Asking:
    """One such page: what it is about, its heading and button, what will happen, and what is said when it is done."""

    kind: MessageKind
    endpoint: str
    title: str
    submit: str
    done: str
    will: list[tuple[str, bool]]
    fields: tuple[str, ...] = field(default=("body",))


@bp.route("/<uuid:public_id>/messages/paper", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def hand_in_paper(public_id: uuid.UUID) -> Any:
    """Hand in a paper, at every stage."""
    found, form = load_for(public_id, Action.WRITE_MESSAGE), PaperForm()
    asking = Asking(
        MessageKind.PAPER,
        ".hand_in_paper",
        title=_("Hand in a paper"),
        submit=_("Hand in the paper"),
        done=_("The paper was handed in. UNODC is told."),
        will=[
            (_("UNODC reads the paper beside your request; it stays there."), True),
            (_("It changes nothing in the request by itself."), True),
        ],
        fields=("body", "file"),
    )
    return _asked(
        found,
        form,
        asking,
        lambda **by: services.write_message(
            public_id, kind=MessageKind.PAPER, body=form.body.data, upload=form.file.data, answering=False, **by
        ),
    )


@bp.route("/<uuid:public_id>/messages/more-time", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def ask_more_time(public_id: uuid.UUID) -> Any:
    """Ask for more time to answer the office's questions."""
    found, form = load_for(public_id, Action.ASK_MORE_TIME), MoreTimeForm()
    if not sent_before():
        refuse_second(found, MessageKind.MORE_TIME, MORE_TIME_ASKED)
    due_on = answer_due_on(found) or today()
    asking = Asking(
        MessageKind.MORE_TIME,
        ".ask_more_time",
        title=_("Ask for more time"),
        submit=_("Ask for more time"),
        done=_("More time was asked for. UNODC answers with yes or no."),
        will=[
            (_("Your answers are awaited by %(day)s until UNODC says yes.", day=format_day(due_on)), False),
            (_("UNODC says yes, or says why not. Nothing is closed meanwhile, and nothing is lost."), True),
        ],
        fields=("day", "body"),
    )
    return _asked(
        found,
        form,
        asking,
        lambda **by: services.ask_more_time(public_id, body=form.body.data, day=form.day.data, **by),
    )


@bp.route("/<uuid:public_id>/messages/not-as-described", methods=["GET", "POST"])
@access(*REQUEST_WRITERS)
def not_as_described(public_id: uuid.UUID) -> Any:
    """Say that what was given is not as the office describes it."""
    found = load_for(public_id, Action.SAY_NOT_AS_DESCRIBED)
    form = NotAsDescribedForm(data={"activity": request.args.get("activity", "")}).offer(delivered_activities(found))
    asking = Asking(
        MessageKind.NOT_AS_DESCRIBED,
        ".not_as_described",
        title=_("Not as described"),
        submit=_("Tell UNODC"),
        done=_("UNODC was told. An officer has to answer."),
        will=[
            (_("An officer has to answer; the managers are told, too."), True),
            (_("You can still confirm and rate the delivery, now or later."), True),
        ],
        fields=("activity", "body", "file"),
    )
    return _asked(
        found,
        form,
        asking,
        lambda **by: services.say_not_as_described(
            public_id, body=form.body.data, activity=uuid.UUID(form.activity.data), upload=form.file.data or None, **by
        ),
    )


@bp.route("/<uuid:public_id>/messages/amendment", methods=["GET", "POST"])
@access("authorising_officer")
def want_amendment(public_id: uuid.UUID) -> Any:
    """Ask in the State's name for other terms, with a note verbale."""
    found, form = load_for(public_id, Action.WANT_AMENDMENT), AmendmentForm()
    if not sent_before():
        refuse_second(found, MessageKind.AMENDMENT, AMENDMENT_WANTED)
    asking = Asking(
        MessageKind.AMENDMENT,
        ".want_amendment",
        title=_("Ask for an amendment"),
        submit=_("Ask in the name of your State"),
        done=_("The amendment was asked for. UNODC prepares it, or says why not."),
        will=[
            (_("An officer prepares new terms from it, or says why not."), True),
            (_("Until somebody else has signed them, the terms stay as they are."), True),
        ],
        fields=("body", "issuer", "note_reference", "dated", "file"),
    )
    return _asked(
        found,
        form,
        asking,
        lambda **by: services.want_amendment(public_id, body=form.body.data, note=_note(form), **by),
    )


def _note(form: AmendmentForm) -> Note:
    return Note(form.issuer.data, form.note_reference.data, form.dated.data, form.file.data)


def _asked(found: Any, form: KeyedForm, asking: Asking, carry_out: Callable[..., Any]) -> Any:
    """Show the page, or send the message and lead back to the thread."""
    event = str(KINDS[asking.kind].events[Side.STATE])
    return confirmed(
        form,
        carry_out,
        page=lambda: render_template(
            "assistance/messages/asking.html",
            found=found,
            title=title_of(found),
            form=form,
            asking=asking,
            told=audience_in_words(event, found, current_actor()),
        ),
        done=asking.done,
        lead=lambda _outcome: url_for(".show", public_id=found.public_id) + "#messages",
        beside="file",
    )
