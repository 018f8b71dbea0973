"""Long work with progress that survives a killed worker and can be left and cancelled."""

from flask import Flask

from tracker.jobs import models
from tracker.jobs.work import Cancelled, Failed, Lost, Work, register

__all__ = ["Cancelled", "Failed", "Lost", "Work", "init_app", "models", "register"]


def init_app(app: Flask) -> None:
    """Bind the pages and the chore."""
    from tracker.database.housekeeping import chore
    from tracker.jobs import forgetting
    from tracker.jobs.blueprint import bp
    from tracker.languages.marking import lazy
    from tracker.web import finding_views, navigation

    chore(forgetting.forget_old_jobs)
    finding_views.import_views(__name__)
    app.register_blueprint(bp)
    navigation.add(app, navigation.Page("jobs.index", lazy("Long work"), group="account", order=70))
