"""E-mail addresses in every script: the form that is kept, compared and shown, and the form that is mailed."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST_LOCAL_PART = 64
"""Octets before the @ (RFC 5321)."""

# What keyboards, registries and documents put in the place of plain signs: full-width letters, the dots and the @ of
# East Asian writing, and marks of direction that come along when an address is copied from a page.
_PLAIN: dict[int, int | str | None] = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_PLAIN |= dict.fromkeys(map(ord, "。｡"), ".")
_PLAIN |= {ord("﹫"): "@", **dict.fromkeys((0xAD, 0x61C, 0x200B, 0x2060, 0xFEFF))}
_PLAIN |= dict.fromkeys((0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


class Unmailable(ValueError):
    """No mail can be sent to such an address."""


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox. `shown` is what is kept, compared and shown: before the @ in small letters (no server that we know
    of tells large from small), a letter and its accents as one sign; behind it in the script of its owner. `mailed`
    has the domain in the letters of ASCII (xn--…); what stands before the @ has no other form."""

    shown: str
    mailed: str


@lru_cache(maxsize=4096)
def read(text: str) -> Address:
    """The address in a text; nothing is asked of the network. Raise Unmailable when it is none that can be mailed."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(_plain(text), check_deliverability=False, test_environment=True)
        local = _small(found.local_part)
        shown = f"{local}@{found.domain}"
        if len(local.encode()) > LONGEST_LOCAL_PART or shown != shown.lower():
            raise Unmailable(text)
    except (EmailNotValidError, UnicodeError) as reason:
        raise Unmailable(text) from reason
    return Address(shown, f"{local}@{found.ascii_domain}")


def normal_email(text: str) -> str:
    """The form in which an address is kept and compared; of what is none, its small letters."""
    try:
        return read(text).shown
    except Unmailable:
        return _small(_plain(text))


def part_of_email(text: str) -> str:
    """A piece of an address as it stands in one that is kept."""
    return normal_email(text) if "@" in text[1:] else normal_email(f"x@{text}").removeprefix("x@")


def mailed(address: str) -> str:
    """The form of a kept address for the mail server, which alone knows about plain ones that look strange. Raise
    Unmailable."""
    try:
        return read(address).mailed
    except Unmailable:
        local, _at, domain = address.rpartition("@")
        if not (local and domain and address.isascii() and address.isprintable() and " " not in address):
            raise
        return address


def reaches_everybody(address: str) -> bool:
    """Whether every mail program can write to it: no letter outside ASCII stands before the @."""
    try:
        return mailed(address).isascii()
    except Unmailable:
        return False


def _plain(text: str) -> str:
    return text.translate(_PLAIN).strip()


def _small(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
