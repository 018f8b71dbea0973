"""Whether this installation is well, for a load balancer or a watchman."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind the address."""
    from tracker.health.views import bp

    app.register_blueprint(bp)
