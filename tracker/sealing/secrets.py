"""Values that are sealed as soon as they are kept: no log, and no mark of a form, says what is in them."""

from dataclasses import asdict
from datetime import date
from typing import Any

from tracker.sealing import services


class Secret:
    """What a dataclass of sealed data inherits, with `repr=False`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(sealed)"

    def as_body(self) -> str:
        """What a form's key remembers of it (`database.canonical`)."""
        return services.fingerprint(self.as_json())

    def as_json(self) -> dict[str, Any]:
        """What is sealed."""
        said: dict[str, Any] = asdict(self)  # type: ignore[call-overload]  # dataclasses inherit it
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in said.items()}
