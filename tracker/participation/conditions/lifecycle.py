"""Which version of the conditions holds, in which language somebody reads it, and what is kept of it. Pure."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol, TypeVar

FALLBACK = "en"
"""Every version has this language; who reads another one that is not there yet reads it."""


class Dated(Protocol):
    """Something that holds from a day on."""

    @property
    def holds_from(self) -> date: ...


Version = TypeVar("Version", bound=Dated)


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """The version that holds on a day: the last that has begun to; None before the first."""
    begun = [one for one in versions if one.holds_from <= day]
    return max(begun, key=lambda one: one.holds_from, default=None)


def language_for(texts: Mapping[str, Any], language: str) -> str:
    """In which language a reader gets a version: their own where it is written, else English."""
    return language if language in texts else FALLBACK


def hash_of(language: str, body: str) -> str:
    """What an answer keeps of the text that was read, so that nobody can say later that it was another one."""
    return hashlib.sha256(f"{language}\n{body}".encode()).hexdigest()


def items_of(body: str) -> list[str]:
    """The conditions one by one: each line of the text is one."""
    return [line.strip() for line in body.splitlines() if line.strip()]
