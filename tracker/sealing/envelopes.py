"""AES-256-GCM, and nothing else of the project encrypts: values under a person's key, keys under the installation's.

What is sealed says where it belongs (its additional authenticated data): moved to another table, column or row it does
not open. NIST SP 800-38D; a nonce of 96 random bits for each sealing, far below 2^32 of them under one key."""

import hashlib
import hmac
import json
import secrets
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tracker.errors import Unavailable
from tracker.languages.marking import lazy
from tracker.settings.keys import KeyRing

KEY_BYTES = 32
_FORMAT = b"\x01"
_NONCE = 12
_BLOCK = 256
"""Values are filled up to a multiple of this many bytes, so that their length tells nothing."""


class Unreadable(Unavailable):
    """What is sealed does not open: it was moved or changed, or the key that sealed it is not there."""

    def __init__(self) -> None:
        super().__init__(lazy("What is sealed here cannot be opened. Tell whoever runs this site."))


def new_key() -> bytes:
    """A data key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(key: bytes, value: Any, place: str) -> bytes:
    """A JSON value as ciphertext that opens only with this key and at this place."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return _encrypt(key, text + b" " * (-len(text) % _BLOCK), place)


def unseal(key: bytes, sealed: bytes, place: str) -> Any:
    """The value again. Raises Unreadable where it was sealed with another key, for another place, or changed since."""
    return json.loads(_decrypt(key, sealed, place))


def wrap(ring: KeyRing, key: bytes, place: str) -> bytes:
    """A data key, sealed with the ring's present key."""
    return _encrypt(_derived(ring.current, b"wrapping"), key, place)


def unwrap(ring: KeyRing, key_id: str, wrapped: bytes, place: str) -> bytes:
    """The data key again. Raises Unreadable where the ring has no key of this id, or another one."""
    try:
        wrapping = ring.get(key_id)
    except KeyError:
        raise Unreadable from None
    return _decrypt(_derived(wrapping, b"wrapping"), wrapped, place)


def fingerprint(key: bytes, value: Any) -> str:
    """A mark by which equal values are found equal and from which, without the key, no value can be guessed."""
    text = json.dumps(value, sort_keys=True).encode()
    return hmac.new(_derived(key, b"fingerprint"), text, hashlib.sha256).hexdigest()


@cache
def _derived(key: bytes, purpose: bytes) -> bytes:
    """The ring's keys are texts of any length; what encrypts is derived from them (RFC 5869)."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=b"assistance tracker sealing: " + purpose).derive(key)


def _encrypt(key: bytes, text: bytes, place: str) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, text, place.encode())


def _decrypt(key: bytes, sealed: bytes, place: str) -> bytes:
    if sealed[:1] != _FORMAT:
        raise Unreadable
    try:
        return AESGCM(key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], place.encode())
    except (InvalidTag, ValueError):
        raise Unreadable from None
