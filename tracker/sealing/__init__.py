"""Personal data that the database holds only as ciphertext, under a key of the person: opened by whoever has the
installation's sealing key, gone for good once the person's key is destroyed."""

from flask import Flask

from tracker.sealing import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the commands."""
    from tracker.sealing.commands import sealing

    app.cli.add_command(sealing)
