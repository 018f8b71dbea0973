"""Support for taking part: who may ask, which delegates a State nominates for a session, what each needs."""

from flask import Flask

from tracker.languages.marking import lazy
from tracker.web import navigation


def init_app(app: Flask) -> None:
    """Bind the pages, join the request's form, and stand in the way of incomplete nominations."""
    from tracker.assistance.page import cards as page_cards
    from tracker.costs import moving, naming
    from tracker.deadlines import sources
    from tracker.participation import blueprint, completeness, joining, moved_estimates, presenting, views
    from tracker.participation import cards as own_cards
    from tracker.participation.agency import join as join_agency
    from tracker.participation.offers import cards as offered
    from tracker.participation.papers import join as join_papers
    from tracker.participation.seats import cards as paid
    from tracker.participation.seats import reactions
    from tracker.participation.settling import join as join_settling
    from tracker.participation.settling.account import is_closed
    from tracker.participation.support import cards
    from tracker.participation.support import presenting as support
    from tracker.participation.support.deadlines import session_steps
    from tracker.participation.support.naming import named_costs
    from tracker.pledges import page_cards as pledge_cards
    from tracker.reference import nominations, session_cards
    from tracker.web import error_pages, finding_views

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    app.add_template_filter(presenting.size_words, "delegation_size")
    support.init_app(app)
    session_cards.register(*cards.CARDS)
    error_pages.explain(blueprint.bp.name, views.changes_since)
    completeness.register()
    joining.register()
    reactions.register()
    _follow_the_offers(app)
    join_settling()
    join_papers()
    nominations.register_closed(is_closed)
    join_agency()
    pledge_cards.register(*paid.PLEDGE_CARDS)
    page_cards.register(*own_cards.CARDS, *offered.CARDS)
    moving.register(moved_estimates.moved_estimates)
    naming.register(named_costs)
    sources.register(session_steps)


def _follow_the_offers(app: Flask) -> None:
    from tracker.accounts import waiting_work
    from tracker.deadlines import sources
    from tracker.documents import lists
    from tracker.participation.agency.exports import EXPORTED as REFUNDS
    from tracker.participation.claims import join as join_claims
    from tracker.participation.offers import reactions
    from tracker.participation.offers.deadlines import open_offers
    from tracker.participation.offers.queries import ALL_ANSWERED
    from tracker.participation.offers.waiting_work import FOR_ROLES, count_waiting
    from tracker.participation.seats.exports import EXPORTED as SEATS
    from tracker.participation.settling.exports import EXPORTED as SETTLEMENTS
    from tracker.participation.support.queries import learn_done
    from tracker.participation.travel import exports, registering

    reactions.register()
    join_claims()
    sources.register(open_offers)
    learn_done("answer", ALL_ANSWERED)
    registering.register(app)
    lists.register(*exports.EXPORTED, *REFUNDS, *SEATS, *SETTLEMENTS)
    waiting_work.register(for_roles=FOR_ROLES)
    waiting = navigation.Page(
        "participation.waiting_seats", lazy("Seats that wait"), group="work", order=38, icon="users", counter="seats"
    )
    navigation.add(app, waiting)
    navigation.count_with(app, count_waiting)
