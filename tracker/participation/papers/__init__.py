"""What a delegate hands in for the journey: passport, visa, access needs, and how to be paid. All of it is sealed."""


def join() -> None:
    """Called once by the application."""
    from tracker.database.housekeeping import chore
    from tracker.participation.papers import services

    chore(services.erase_what_is_over)
    chore(services.erase_old_evidence)
