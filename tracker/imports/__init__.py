"""Files from outside: refused whole when broken or hostile, looked at row by row, taken over, answered row by row."""

from flask import Flask

from tracker.imports import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Bind the pages and the two kinds of long work behind them; what files hold is registered by capabilities."""
    from tracker.imports import blueprint, work
    from tracker.languages.marking import lazy
    from tracker.web import finding_views, navigation

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    work.register()
    navigation.add(
        app,
        navigation.Page(
            "imports.index", lazy("Imports"), group="registry", order=80, icon="download", covers=("/jobs",)
        ),
    )
