"""People, organisations and the memberships that join them; signing in, sessions, invitations, first accounts."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Bind sign-in, pages and commands; one-click sign-in only in a demonstration."""
    from tracker.accounts import login, models, presenting, views  # noqa: F401 - the tables

    login.init_app(app)
    presenting.init_app(app)
    app.register_blueprint(views.bp)
    if app.extensions["tracker_settings"].is_demo:
        from tracker.accounts import demonstration

        demonstration.init_app(app)
