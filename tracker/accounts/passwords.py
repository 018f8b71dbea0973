"""Passwords: argon2id, the rules they must meet, and equal time for those who have none."""

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.accounts.lifecycle import PASSWORD_MAXIMUM, PASSWORD_MINIMUM
from tracker.languages.marking import lazy

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
        return _hasher().verify(kept or _dummy(), password[:PASSWORD_MAXIMUM]) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def problem(password: str, *, email: str, name: str = "") -> object | None:
    """Why a new password cannot be taken (a lazy sentence), or None."""
    folded = password.casefold()
    if len(password) < PASSWORD_MINIMUM:
        return lazy("Use at least %(count)d characters. Three or four words make a good one.", count=PASSWORD_MINIMUM)
    if len(password) > PASSWORD_MAXIMUM:
        return lazy("Use at most %(count)d characters.", count=PASSWORD_MAXIMUM)
    if folded in {email.casefold(), name.casefold()} or folded == email.casefold().partition("@")[0]:
        return lazy("Choose something other than your name or e-mail address.")
    if len(set(folded)) < 5 or _stripped(folded) in COMMON:
        return lazy("This password is too easy to guess. Three or four words make a good one.")
    return None


def _stripped(folded: str) -> str:
    """Without the digits and signs that people put at the end of a common word."""
    return folded.strip("0123456789!?.,-_#$*+ ")


# The stems of what people choose most when twelve characters are asked for, and what this site suggests by itself.
_STEMS = """
administrator adminadmin assistance assistancetracker changeme changemeplease computer correcthorsebatterystaple
football iloveyou iloveyouforever letmein letmeinplease liverpool manchester monkeymonkey motdepasse mypassword
passpass password passwordpassword passwort princess qazwsxedc qwerty qwertyqwerty qwertyuiop qwertyuiopasdf
resolution secret secretsecret sunshine superman thisisapassword trackertracker trustno unitednations unitednation
unodc unodcunodc vienna viennavienna welcome welcomewelcome zaq1xsw2cde3 1q2w3e4r5t6y 1qaz2wsx3edc contraseña
asdfghjkl asdfghjklqwerty azertyuiop azertyuiopqsdf abcdefghijkl abcdefghijklm newyork ministry embassy
"""
COMMON = frozenset(_STEMS.split())
