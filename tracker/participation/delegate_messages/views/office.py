"""Where the travel officer reads what a delegate wrote, answers, or says that no answer is needed; and who waits."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.participation.blueprint import bp
from tracker.participation.delegate_messages import queries, services
from tracker.participation.delegate_messages.forms import NoAnswerForm, WordsForm
from tracker.participation.delegate_messages.policies import RULES, MessagesAction
from tracker.participation.papers.lifecycle import BY_LABELS
from tracker.rights.actor import TRAVEL_OFFICERS
from tracker.rights.rules import can
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.get("/travel/messages")
@access(*TRAVEL_OFFICERS)
def waiting_messages() -> Any:
    """Who waits for an answer, whoever has waited longest first."""
    rows = queries.waiting_for(current_actor())
    return render_template("participation/delegate_messages/waiting.html", rows=rows)


@bp.route("/seats/<uuid:public_id>/messages", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def journey_messages(public_id: uuid.UUID) -> Any:
    """What the delegate and the office wrote each other, and the form for more."""
    found = queries.get(public_id, current_actor())
    allow(RULES, MessagesAction.READ, queries.facts_of(found))
    form = WordsForm(seen=str(found.newest_id or ""))
    if form.is_submitted():
        allow(RULES, MessagesAction.ANSWER, queries.facts_of(found))
    mailed = found.journey.person.email
    return confirmed(
        form,
        lambda **by: services.write_to_delegate(public_id, text=form.body.data or "", seen=form.seen_id, **by),
        page=lambda: _page("thread.html", found, form),
        done=_("Sent. The delegate gets a mail that says that a message waits.") if mailed else _("Sent."),
        lead=lambda _message: url_for(".journey_messages", public_id=public_id),
    )


@bp.route("/seats/<uuid:public_id>/messages/no-answer", methods=["GET", "POST"])
@access(*TRAVEL_OFFICERS)
def message_needs_no_answer(public_id: uuid.UUID) -> Any:
    """Say why what the delegate wrote gets no answer."""
    found = queries.get(public_id, current_actor())
    allow(RULES, MessagesAction.NO_ANSWER, queries.facts_of(found))
    form = NoAnswerForm(seen=str(found.newest_id or ""))
    return confirmed(
        form,
        lambda **by: services.needs_no_answer(public_id, reason=form.reason.data or "", seen=form.seen_id, **by),
        page=lambda: _page("no_answer.html", found, form),
        done=_("Said. Nothing of this delegate waits any more."),
        lead=lambda _message: url_for(".journey_messages", public_id=public_id),
    )


def _page(name: str, found: queries.Thread, form: Any) -> str:
    facts = queries.facts_of(found)
    return render_template(
        f"participation/delegate_messages/{name}",
        found=found,
        one=found.journey,
        session=found.session,
        form=form,
        refused=can(RULES, MessagesAction.ANSWER, current_actor(), facts),
        may_rest=can(RULES, MessagesAction.NO_ANSWER, current_actor(), facts) is None,
        by_labels=BY_LABELS,
    )
