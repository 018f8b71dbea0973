"""What a delegate claims after the journey: days, boarding passes, receipts; and what the office answers."""


def join() -> None:
    """Called once by the application."""
    from tracker.accounts import waiting_work as work
    from tracker.database.housekeeping import chore
    from tracker.participation.claims import cards, services, waiting_work
    from tracker.participation.delegate_page import cards as of_the_page

    of_the_page.register(cards.CARD)
    work.register(for_roles=waiting_work.FOR_ROLES)
    chore(services.erase_claims)
    chore(services.erase_old_receipts)
