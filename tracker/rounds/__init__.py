"""Rounds: one sitting that gives the seats of a session, by published rules in their order."""

from flask import Flask

from tracker.languages.marking import lazy
from tracker.web import navigation
from tracker.web.navigation import Page


def init_app(app: Flask) -> None:
    """Bind the pages, and tell who reads of a request and a session what a round decided."""
    from tracker.accounts import waiting_work as door
    from tracker.assistance.page import cards
    from tracker.events import sentences
    from tracker.imports import kinds as imports
    from tracker.participation.support.queries import learn_done
    from tracker.pledges.proposed_acts import kinds as acts
    from tracker.reference import nominations, session_cards
    from tracker.rounds import models, queries, waiting_work  # noqa: F401 - the tables must be known
    from tracker.rounds.blueprint import bp
    from tracker.rounds.cards import CARDS
    from tracker.rounds.earlier.import_kind import EARLIER
    from tracker.rounds.promotion.kind import PROMOTION
    from tracker.rounds.proposals import work
    from tracker.rounds.sentences import SENTENCES
    from tracker.rounds.sponsoring.cards import CARDS as FOR_DONORS
    from tracker.web import finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    door.register(held=waiting_work.HELD, for_roles=waiting_work.FOR_ROLES)
    sentences.register(SENTENCES)
    navigation.add(
        app, Page("rounds.index", lazy("Rounds of seats"), group="money", order=15, icon="users", counter="rounds")
    )
    navigation.count_with(app, waiting_work.count_waiting)
    cards.register(*CARDS)
    session_cards.register(*FOR_DONORS)
    acts.register(PROMOTION)
    imports.register(EARLIER)
    work.register()
    learn_done("round", queries.FIRST_APPROVED)
    nominations.register(queries.is_prepared)
