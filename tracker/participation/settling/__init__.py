"""Settling: what of each seat was due against what was paid, what comes back, and how a session's account closes."""


def join() -> None:
    """Stand in the way of completing, show claims, let write-offs be proposed, and count what waits; once in
    create_app."""
    from tracker.accounts import waiting_work as work
    from tracker.assistance.page import cards as page_cards
    from tracker.participation.settling import cards, reactions, waiting_work, write_off
    from tracker.pledges.proposed_acts import kinds

    reactions.register()
    kinds.register(write_off.WRITE_OFF)
    page_cards.register(*cards.CARDS)
    work.register(for_roles=waiting_work.FOR_ROLES)
