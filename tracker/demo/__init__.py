"""Demonstration data: made by the verbs themselves under a shifted clock, so that nothing in it could not happen."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add `flask demo`."""
    from tracker.demo.commands import demo

    app.cli.add_command(demo)
