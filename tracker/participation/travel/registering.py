"""How the travel desk joins the work lists, the payments and the menu."""

from flask import Flask

from tracker.accounts import waiting_work as work
from tracker.assistance.lifecycle import Action, Kind, gate
from tracker.database.housekeeping import chore
from tracker.imports import kinds
from tracker.languages.marking import lazy
from tracker.participation import conditions
from tracker.participation.advances import presenting, proposing
from tracker.participation.delegate_messages import join as join_messages
from tracker.participation.delegate_page import cards as delegate_cards
from tracker.participation.delegate_page import reactions as links
from tracker.participation.deviations.doors import ticket_within_comparable
from tracker.participation.helping import views as helping
from tracker.participation.helping.services import forget_helpers
from tracker.participation.own_papers import cards as own_papers
from tracker.participation.page_to_keep import cards as kept
from tracker.participation.papers.services import proving
from tracker.participation.seats import leaving
from tracker.participation.travel import cash, doors, reactions, waiting_work
from tracker.participation.travel.attendance.import_kind import ATTENDANCE
from tracker.pledges import payment_doors
from tracker.web import navigation


def register(app: Flask) -> None:
    """Called once by the application."""
    work.register(for_roles=waiting_work.FOR_ROLES)
    reactions.register()
    conditions.join(app)
    links.register()
    chore(forget_helpers)
    delegate_cards.register(*kept.CARDS, own_papers.CARD, helping.CARD)
    kinds.register(ATTENDANCE)
    payment_doors.before_payment(doors.payee_is_known)
    payment_doors.before_payment(ticket_within_comparable)
    payment_doors.after_payment(proving.keep_what_proves)
    payment_doors.after_reversal(proving.forget_what_was_reversed)
    proposing.register()
    join_messages(app)
    app.add_template_filter(presenting.parts_in_brief, "advance_words")
    payment_doors.before_payment(cash.is_recorded_first)
    payment_doors.before_release(cash.why_not_release)
    leaving.before_leaving(cash.why_not_leave)
    gate(Kind.PARTICIPATION, Action.WITHDRAW, cash.of_request)
    desk = navigation.Page(
        "participation.travel",
        lazy("Travel desk"),
        group="work",
        order=40,
        icon="travel",
        counter="travel",
        covers=("/seats",),
    )
    navigation.add(app, desk)
    navigation.count_with(app, waiting_work.count_waiting)
