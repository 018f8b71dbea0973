"""Files from outside: refused whole when broken or hostile, looked at row by row, taken over, answered row by row."""

from flask import Flask

from tracker.imports import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Bind the pages, commands, long work and the chore; what files hold is registered by capabilities."""
    from tracker.database.housekeeping import chore
    from tracker.events import sentences
    from tracker.imports import blueprint, commands, forgetting, work
    from tracker.imports.sentences import SENTENCES
    from tracker.languages.marking import lazy
    from tracker.web import finding_views, navigation

    finding_views.import_views(__name__)
    app.register_blueprint(blueprint.bp)
    app.cli.add_command(commands.imports_cli)
    work.register()
    sentences.register(SENTENCES)
    chore(forgetting.forget_old_sources)
    navigation.add(
        app,
        navigation.Page(
            "imports.index", lazy("Imports"), group="registry", order=80, icon="download", covers=("/jobs",)
        ),
    )
