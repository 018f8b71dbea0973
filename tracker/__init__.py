"""The application's table of contents."""

import atexit
import gc

from flask import Flask

from tracker.settings.configuration import Settings


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
    from tracker import capabilities, database, languages
    from tracker.settings import logs
    from tracker.web import (
        access,
        application,
        assets,
        components,
        demonstration_label,
        error_pages,
        form_addresses,
        form_sizes,
        local_copies,
        navigation,
        reading,
        security_headers,
        trailing_slash,
        whole_forms,
    )

    logs.init_app(settings)
    app = Flask("tracker", template_folder="../templates", static_folder="static")
    application.configure(app, settings)
    database.init_app(app)
    languages.init_app(app)
    assets.init_app(app)
    components.init_app(app)
    navigation.init_app(app)
    security_headers.init_app(app)
    demonstration_label.init_app(app)
    error_pages.init_app(app)
    form_addresses.init_app(app)
    reading.init_app(app)
    local_copies.init_app(app)
    application.init_extensions(app, settings)
    form_sizes.init_app(app)
    trailing_slash.init_app(app)
    access.init_app(app)
    whole_forms.init_app(app)
    capabilities.init_app(app)
    return app
