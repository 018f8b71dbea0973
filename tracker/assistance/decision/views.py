"""Asking for a second look: a page that says who will be told."""

import uuid
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from tracker.assistance import queries
from tracker.assistance.blueprint import bp
from tracker.assistance.decision import services
from tracker.assistance.decision.forms import ReopenForm
from tracker.assistance.lifecycle import Action
from tracker.assistance.page.loading import title_of
from tracker.assistance.page.other_capabilities import audience_in_words
from tracker.assistance.policies import RULES, deciders
from tracker.assistance.rule_facts import RuleFacts, rule_facts_of
from tracker.web.access import access, allow, current_actor
from tracker.web.confirmation import confirmed


@bp.route("/<uuid:public_id>/reopen", methods=["GET", "POST"])
@access("authorising_officer")
def reopen(public_id: uuid.UUID) -> Any:
    """Ask for a second look at a decline."""
    found = queries.get_visible(public_id, current_actor())
    facts = rule_facts_of(found.id)
    form = ReopenForm(version=str(found.version))
    return confirmed(
        form,
        lambda **by: services.reopen(public_id, version=form.version_number, reason=form.reason.data, **by),
        allow=lambda: allow(RULES, Action.REOPEN, facts),
        page=lambda: render_template(
            "assistance/decision/reopen.html",
            found=found,
            title=title_of(found),
            form=form,
            told=audience_in_words("assistance.reopened", found, current_actor(), officer_id=_who_keeps(facts)),
        ),
        done=_("A second look was asked for. Another officer takes it."),
        lead=lambda _outcome: url_for(".show", public_id=public_id),
    )


def _who_keeps(facts: RuleFacts) -> int | None:
    """The officer who has the request after a second look was asked: nobody who decided before."""
    return None if facts.assigned_to_id in deciders(facts) else facts.assigned_to_id
