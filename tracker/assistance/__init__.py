"""Requests: from draft through authorisation, triage and decision to what was delivered."""

from flask import Flask

from tracker.assistance import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Set the completeness checks of both kinds and add the commands."""
    from tracker.assistance import commands, completeness

    completeness.register_gates()
    app.cli.add_command(commands.requests)
