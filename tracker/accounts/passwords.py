"""Passwords: argon2id, the rules they must meet, and equal time for those who have none."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.accounts import guessing
from tracker.accounts.lifecycle import LONGEST_PASSWORD_KEPT, PASSWORD_MAXIMUM, PASSWORD_MINIMUM
from tracker.languages.marking import N_, lazy
from tracker.reference.names import all_names

# RFC 9106, section 4, second recommended option (64 MiB, three passes), with one lane per verification.
_hashers = [PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1)]


def use_cost(*, time_cost: int, memory_cost: int, parallelism: int) -> None:
    """Set argon2's passes, memory (KiB) and lanes; tests make it cheap with this."""
    _hashers[:] = [PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)]
    _dummy.cache_clear()


def _hasher() -> PasswordHasher:
    return _hashers[0]


@lru_cache(maxsize=1)
def _dummy() -> str:
    return _hasher().hash("nobody's password")


def hashed(password: str) -> str:
    """The argon2id hash to keep, with its parameters and salt inside."""
    return _hasher().hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether `password` is the one behind `kept`. Without a kept hash it takes as long and says no."""
    try:
        return _hasher().verify(kept or _dummy(), password[:LONGEST_PASSWORD_KEPT]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


# What makes a password easy to guess (`guessing.weakness`), and what to do.
_SENTENCES = {
    "owner": N_(
        "Others know what is in this password: your name, your address or where you work. Leave that out and put four "
        "other words together."
    ),
    "word": N_(
        "This password is among the first that are tried: common words, months and years. Put four words together that "
        "do not belong together."
    ),
    "keys": N_(
        "Keys side by side and rows of letters or digits are tried first. Put four words together that do not belong "
        "together."
    ),
    "repeat": N_(
        "Writing the same twice makes a password no harder to guess. Put four different words together that do not "
        "belong together."
    ),
    "date": N_("Dates and years are tried first. Put four words together that do not belong together."),
}


def problem(password: str, *, known: Iterable[str]) -> object | None:
    """Why a new password cannot be taken (a lazy sentence), or None. `known` is what others know of its owner
    (`known_of`)."""
    if len(password) < PASSWORD_MINIMUM:
        return lazy("Use at least %(count)d characters. Four words make a good password.", count=PASSWORD_MINIMUM)
    if len(password) > PASSWORD_MAXIMUM:
        return lazy("Use at most %(count)d characters.", count=PASSWORD_MAXIMUM)
    weak = guessing.weakness(password, known)
    return lazy(_SENTENCES[weak]) if weak else None


def known_of(email: str, name: str, places: Iterable[Any]) -> tuple[str, ...]:
    """What others know of somebody: name, address, and the organisations and offices of their places (memberships, or
    an invitation) in every language."""
    texts = [name, email, email.partition("@")[0], *re.split(r"[@.]", email)]
    for place in places:
        organisation = place.organisation
        texts += [organisation.name, organisation.code, place.office.name if place.office else ""]
        if organisation.state_iso3:
            names = all_names()[organisation.state_iso3]
            texts += [names.formal_en, *names.short.values()]
    return tuple(texts)
