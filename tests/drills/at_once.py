"""Many people pressing at the same moment, each in a thread with a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask

from tracker.errors import DomainError
from tracker.extensions import db

PATIENCE = 120


def at_once(app: Flask, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """Start all acts behind one barrier; gives for each its outcome, the refusal, or the error."""
    barrier = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(position: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            barrier.wait(PATIENCE)
            try:
                outcomes[position] = act()
            except Exception as problem:
                outcomes[position] = problem
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


def done(outcomes: Sequence[Any]) -> int:
    """How many acts were done."""
    return sum(not isinstance(outcome, Exception) for outcome in outcomes)


def errors(outcomes: Sequence[Any]) -> list[str]:
    """What was neither done nor refused with a sentence."""
    return [
        repr(outcome) for outcome in outcomes if isinstance(outcome, Exception) and not isinstance(outcome, DomainError)
    ]
