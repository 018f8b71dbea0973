"""What a delegate and the office write each other about a journey: read by these two, never by the State."""

from flask import Flask

from tracker.languages.marking import lazy
from tracker.web import navigation


def join(app: Flask) -> None:
    """Called once by the application."""
    from tracker.accounts import waiting_work as work
    from tracker.database.housekeeping import chore
    from tracker.participation.delegate_messages import cards, services, waiting_work
    from tracker.participation.delegate_page import cards as page

    page.register(*cards.CARDS)
    chore(services.erase_old_messages)
    work.register(for_roles=waiting_work.FOR_ROLES)
    waiting = navigation.Page(
        "participation.waiting_messages",
        lazy("Delegates who wrote"),
        group="work",
        order=42,
        icon="mail",
        counter="delegate_messages",
    )
    navigation.add(app, waiting)
    navigation.count_with(app, waiting_work.count_waiting)
