"""The application's table of contents."""

import atexit
import gc

from flask import Flask

from tracker.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from `settings` (read from the environment when None)."""
    collecting = gc.isenabled()
    gc.disable()  # nothing of what is loaded here will be given back, and to look for it takes a quarter of every start
    try:
        return _build(settings or Settings.from_env())
    finally:
        if collecting:
            gc.enable()
        atexit.register(gc.freeze)  # nor on the way out, where looking takes a third of every command


def _build(settings: Settings) -> Flask:
    from tracker import (
        access,
        addresses,
        assets,
        capabilities,
        components,
        database,
        demonstration_label,
        error_pages,
        i18n,
        logs,
        navigation,
        security_headers,
        web,
    )

    logs.init_app(settings)
    app = Flask("tracker", template_folder="../templates", static_folder="static")
    web.configure(app, settings)
    database.init_app(app)
    i18n.init_app(app)
    assets.init_app(app)
    components.init_app(app)
    navigation.init_app(app)
    security_headers.init_app(app)
    demonstration_label.init_app(app)
    error_pages.init_app(app)
    web.init_extensions(app, settings)
    addresses.init_app(app)
    access.init_app(app)
    capabilities.init_app(app)
    return app
