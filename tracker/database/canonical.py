"""Any value as canonical JSON: what a form's key remembers of an act, equal for equal acts."""

import enum
import hashlib
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.rights.actor import Actor


def canonical(value: Any) -> Any:
    """A value as JSON, equal for equal bodies; an uploaded file counts by its content, and what must not be read here
    by what its `as_body` gives."""
    if isinstance(value, Actor):
        return [value.person_id, value.membership_id]
    if isinstance(value, dict):
        return {str(k): canonical(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [canonical(v) for v in value]
    if isinstance(value, (set, frozenset)):
        return sorted(str(v) for v in value)
    if value is None or (isinstance(value, (bool, int, str)) and not isinstance(value, enum.Enum)):
        return value
    if isinstance(value, (uuid.UUID, Decimal, date, datetime, enum.Enum)):
        return str(value)
    if hasattr(value, "sha256") and hasattr(value, "filename"):
        return [value.filename, value.sha256]
    if hasattr(value, "stream") and hasattr(value, "filename"):
        value.stream.seek(0)
        digest = hashlib.file_digest(value.stream, "sha256").hexdigest()
        value.stream.seek(0)
        return [value.filename, digest]
    if hasattr(value, "__dataclass_fields__"):
        said = {name: canonical(getattr(value, name)) for name in value.__dataclass_fields__}
        return value.as_body() if hasattr(value, "as_body") else said
    return repr(value)
