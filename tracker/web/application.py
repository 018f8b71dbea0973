"""Flask's own settings, derived from ours, and the extensions bound to one application."""

import uuid
from datetime import timedelta
from typing import Any

from flask import Flask, current_app
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.calendar import now
from tracker.database.engines import engine_options
from tracker.extensions import celery, compress, csrf, login_manager
from tracker.settings.configuration import Settings
from tracker.web import limits
from tracker.web.access import current_actor
from tracker.web.form_sizes import MOST_FIELDS, MOST_TEXT
from tracker.web.reading import RowConverter, TextRequest


def settings() -> Settings:
    """The settings of the running application."""
    return current_app.extensions["tracker_settings"]


def configure(app: Flask, settings: Settings) -> None:
    """Derive Flask's configuration; a plain cookie name on loopback, `__Host-` behind TLS."""
    app.extensions["tracker_settings"] = settings
    app.request_class = TextRequest
    app.url_map.converters["int"] = RowConverter
    prefix = "__Host-" if settings.is_https else ""
    app.config.from_mapping(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=settings.secret_key_fallbacks,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SESSION_COOKIE_NAME=f"{prefix}session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(days=30),
        # Sent with every answer, the cookie of a slow one would undo a choice that was made meanwhile.
        SESSION_REFRESH_EACH_REQUEST=False,
        TRUSTED_HOSTS=settings.trusted_hosts,
        MAX_CONTENT_LENGTH=24 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=MOST_TEXT,
        MAX_FORM_PARTS=MOST_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.is_https,
        BABEL_TRANSLATION_DIRECTORIES="translations",
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=800,
        RATELIMIT_STORAGE_URI=settings.limiter_storage_uri,
        RATELIMIT_STORAGE_OPTIONS={"socket_timeout": 0.2, "socket_connect_timeout": 0.2},
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    trust_proxies(app, settings.trusted_proxies)
    if settings.is_production:
        now.forbid_shifting()
    elif settings.clock_file:
        now.follow(settings.clock_file)


def trust_proxies(app: Flask, hops: int) -> None:
    """Believe what exactly so many proxies in front say of the visitor's address, and nobody else."""
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def init_extensions(app: Flask, settings: Settings) -> None:
    """Bind the extensions. The Celery producer fails fast: a dead broker must not hang a page."""
    # No template asks for the user, and the page that says that the database is gone must not ask the database.
    login_manager.init_app(app, add_context_processor=False)
    limits.init_app(app)  # before the check of forms, so that one that fails it is counted too
    csrf.init_app(app)
    compress.init_app(app)
    if celery.conf.get("tracker_worker") is None:
        celery.conf.update(
            broker_url=settings.broker_url,
            broker_connection_retry_on_startup=True,
            broker_transport_options={"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0},
            task_serializer="json",
            accept_content=["json"],
            task_ignore_result=True,
        )

    app.jinja_env.globals["new_key"] = lambda: str(uuid.uuid4())  # macros know nothing but globals

    @app.context_processor
    def everywhere() -> dict[str, Any]:
        return {"current_actor": current_actor(), "settings": settings}
