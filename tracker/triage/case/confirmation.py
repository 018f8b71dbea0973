"""Pages of the office that ask once more before an action on a request: load it, ask the rule, show what will
happen, then do it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for

from tracker.assistance import queries
from tracker.assistance.lifecycle import Action
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import RuleFacts, rule_facts_of
from tracker.errors import NotFound
from tracker.notifications.queries import audience_in_words
from tracker.triage.queue.place import Place
from tracker.web import confirmation as web_confirmation
from tracker.web.access import allow, current_actor
from tracker.web.forms import KeyedForm


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a page says that asks once more: title, button, what will happen as (sentence, whether that is good), and
    the event, with its `facts`, that decides who will be told. What `only_adds` compares no version of the request."""

    action: Action
    title: Any
    submit: Any
    done: Any
    event: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    will: list[tuple[Any, bool]] = field(default_factory=list)
    template: str = "triage/case/confirm.html"
    risk: bool = False
    only_adds: bool = False


def load_for(public_id: uuid.UUID, action: Action) -> AssistanceRequest:
    """The request, when the reader may do this to it now (see `access.allow`); else the refusal's page."""
    return load_with_facts(public_id, action)[0]


def load_with_facts(public_id: uuid.UUID, action: Action) -> tuple[AssistanceRequest, RuleFacts]:
    """The same, with the facts that the rule was asked about: recusals, the decisions in force and prepared."""
    assistance_request = queries.get_visible(public_id, current_actor())
    facts = rule_facts_of(assistance_request.id)
    allow(RULES, action, facts)
    return assistance_request, facts


def back_to(public_id: uuid.UUID) -> str:
    """The request's page at the place in the queue where the person was."""
    return url_for("triage.request", public_id=public_id, **Place.here().whole_query)


def address_after(public_id: uuid.UUID) -> str:
    """Back to the request; to the queue when the action has taken it out of the person's sight."""
    try:
        queries.get_visible(public_id, current_actor())
    except NotFound:
        return Place.here().queue_url
    return back_to(public_id)


def confirmed(
    assistance_request: AssistanceRequest,
    confirmation: Confirmation,
    form: KeyedForm,
    perform: Callable[[dict[str, Any]], Any],
    **shown: Any,
) -> Any:
    """Show the page, or perform the action with key, actor and version, and lead back to the request. `load_for` asked
    the rule, before the page could be put together."""
    public_id = assistance_request.public_id
    if request.method == "GET" and not confirmation.only_adds:
        form.version.data = str(assistance_request.version)
    return web_confirmation.confirmed(
        form,
        lambda **by: perform(by if confirmation.only_adds else {**by, "version": form.version_number}),
        page=lambda: _page(assistance_request, confirmation, form, shown),
        done=confirmation.done,
        lead=lambda _outcome: address_after(public_id),
    )


def _page(
    assistance_request: AssistanceRequest, confirmation: Confirmation, form: KeyedForm, shown: dict[str, Any]
) -> str:
    recipients = (
        audience_in_words(confirmation.event, assistance_request, current_actor(), **confirmation.facts)
        if confirmation.event
        else []
    )
    return render_template(
        confirmation.template,
        r=assistance_request,
        confirmation=confirmation,
        form=form,
        told=recipients,
        back=back_to(assistance_request.public_id),
        place=Place.here(),
        **shown,
    )
