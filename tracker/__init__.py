"""The application's table of contents."""

from flask import Flask

from tracker.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from `settings` (read from the environment when None)."""
    from tracker import access, capabilities, database, error_pages, i18n, web

    settings = settings or Settings.from_env()
    app = Flask("tracker", template_folder="../templates", static_folder="static")
    web.configure(app, settings)
    database.init_app(app)
    i18n.init_app(app)
    error_pages.init_app(app)
    web.init_extensions(app, settings)
    access.init_app(app)
    capabilities.init_app(app)
    return app
