"""How the travel desk joins the work lists, the payments and the menu."""

from flask import Flask

from tracker.accounts import waiting_work as work
from tracker.imports import kinds
from tracker.languages.marking import lazy
from tracker.participation.advances import presenting, proposing
from tracker.participation.travel import doors, reactions, waiting_work
from tracker.participation.travel.attendance.import_kind import ATTENDANCE
from tracker.pledges import payment_doors
from tracker.web import navigation


def register(app: Flask) -> None:
    """Called once by the application."""
    work.register(for_roles=waiting_work.FOR_ROLES)
    reactions.register()
    kinds.register(ATTENDANCE)
    payment_doors.before_payment(doors.payee_is_known)
    proposing.register()
    app.add_template_filter(presenting.parts_in_brief, "advance_words")
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
