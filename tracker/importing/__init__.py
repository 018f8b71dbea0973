"""The import page: upload a file, look at what would be taken, have it taken, read the report."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the pages and the two kinds of long work behind them."""
    from tracker import navigation
    from tracker.i18n import lazy
    from tracker.importing import views, work

    app.register_blueprint(views.bp)
    work.register()
    navigation.add(
        app,
        navigation.Page(
            "importing.index", lazy("Imports"), group="registry", order=80, icon="download", covers=("/jobs",)
        ),
    )
