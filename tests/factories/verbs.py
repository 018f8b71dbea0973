"""Every verb on a request by its name, whichever stage it belongs to."""

from collections.abc import Callable
from typing import Any

from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.decision import services as decision
from tracker.assistance.drafting import services as drafting
from tracker.assistance.fields import services as fields
from tracker.assistance.handling import services as handling
from tracker.assistance.implementation import services as implementation
from tracker.assistance.messages import services as messages

STAGES = (drafting, fields, authorisation, handling, clarification, decision, implementation, messages)


def verb(name: str) -> Callable[..., Any]:
    """The verb called `name`. Raises StopIteration where no stage has it."""
    return next(getattr(stage, name) for stage in STAGES if hasattr(stage, name))
