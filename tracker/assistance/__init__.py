"""Requests: from draft through authorisation, triage and decision to what was delivered."""

from typing import Any

import sqlalchemy as sa
from flask import Flask

from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.web import local_copies

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Bind the State's pages and the commands; register gates, reactions, sentences, the kind of import, and cards."""
    from tracker.accounts import waiting_work as door
    from tracker.assistance import clocks, history, message_kinds, next_steps, one_per_session, reactions, waiting_work
    from tracker.assistance.blueprint import bp
    from tracker.assistance.clarification import cards as clarification
    from tracker.assistance.decision import cards as decision
    from tracker.assistance.drafting import cards as drafting
    from tracker.assistance.fields import completeness, table
    from tracker.assistance.implementation import cards as implementation
    from tracker.assistance.imported import commands
    from tracker.assistance.imported.kind import REQUESTS
    from tracker.assistance.messages import cards as messages
    from tracker.assistance.messages import reactions as message_reactions
    from tracker.assistance.messages import reading
    from tracker.assistance.page import cards, changes_since, said
    from tracker.events import sentences
    from tracker.imports import kinds
    from tracker.languages.marking import lazy
    from tracker.reference import doubts
    from tracker.web import components, error_pages, finding_views, navigation

    _watch_what_is_read()
    _register_deadlines_and_exports()
    completeness.register_gates()
    one_per_session.register_gate()
    reactions.register()
    doubts.register(clocks.foreseen)
    message_reactions.register()
    sentences.register(history.SENTENCES)
    door.register(held=waiting_work.HELD, for_roles=waiting_work.FOR_ROLES)
    kinds.register(REQUESTS)
    app.jinja_env.filters["planned_day"] = next_steps.planned_day
    stages = (drafting, clarification, decision, implementation, messages, said)
    cards.register(*(card for stage in stages for card in stage.CARDS))
    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    components.know_labels(table.labels())
    app.jinja_env.filters |= {"message_label": reading.label, "may_rest": message_kinds.may_rest}
    error_pages.explain(bp.name, changes_since.of_the_page)
    app.cli.add_command(commands.requests)
    navigation.add(app, navigation.Page("assistance.index", lazy("Requests"), group="main", order=20))


def _watch_what_is_read() -> None:
    if not sa.event.contains(AssistanceRequest, "load", _keep_no_copies):
        sa.event.listen(AssistanceRequest, "load", _keep_no_copies)


def _register_deadlines_and_exports() -> None:
    from tracker.assistance.deadlines import running_clocks
    from tracker.assistance.listing.exports import EXPORTED
    from tracker.deadlines import sources
    from tracker.documents import lists

    sources.register(running_clocks)
    lists.register(*EXPORTED)


def _keep_no_copies(loaded: Any, _context: Any) -> None:
    """A page that has read a confidential request keeps nothing in the browser of what is typed into its forms."""
    if loaded.__dict__.get("marking") != Marking.UNCLASSIFIED:
        local_copies.forbid()
