"""What can go wrong in the domain, each with its HTTP status; pages for them are in templates/errors."""

from typing import Any


class DomainError(Exception):
    """A refusal with a sentence for the person; `message` may be a lazy translation."""

    status = 400

    def __init__(self, message: Any = None, **facts: Any) -> None:
        super().__init__(str(message) if message is not None else type(self).__name__)
        self.message = message
        self.facts = facts


class NotFound(DomainError):
    """The row does not exist, or is not the actor's to see: the two answers are equal."""

    status = 404


class Forbidden(DomainError):
    """The actor may be here but may not do this; `refusal` says why."""

    status = 403

    def __init__(self, refusal: Any = None) -> None:
        super().__init__(getattr(refusal, "message", refusal))
        self.refusal = refusal


class Conflict(DomainError):
    """The state of things does not allow the act."""

    status = 409


class Stale(Conflict):
    """Somebody else changed the row since the person opened it; `theirs` is what stands there now."""

    def __init__(self, message: Any = None, *, theirs: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.theirs = theirs or {}


class Invalid(DomainError):
    """Input that breaks a rule; `fields` maps a field's name to its sentence."""

    status = 422

    def __init__(self, message: Any = None, *, fields: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class Doubtful(Invalid):
    """Input that breaks no rule but is seldom meant: a person saves it by a second press with the same text."""


class KeyReused(DomainError):
    """An idempotency key came a second time with another body."""

    status = 422


class TooLarge(Invalid):
    """More bytes, rows or characters than the tracker takes; a form that catches Invalid says so beside its fields."""

    status = 413


class Unavailable(DomainError):
    """A part that is needed right now is away; what was typed is kept."""

    status = 503
