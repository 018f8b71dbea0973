"""`make run`: everything on this machine, prepared, started in order, watched and stopped in order."""


class CannotRun(Exception):
    """Why the tracker cannot run here, in one sentence that says what to do."""
