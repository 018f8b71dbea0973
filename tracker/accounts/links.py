"""Links and codes in mail: computed from the row when the mail is sent; the database keeps the hash of a link and
nothing of a code."""

import base64
import hashlib
import hmac
import secrets
from typing import Protocol

from tracker.accounts.lifecycle import CODE_DIGITS
from tracker.web.application import settings

INVITATION_PATH = "/invitation/"
RESET_PATH = "/reset/"
SIGN_IN_PATH = "/sign-in"
ANSWER_PATH = "/ask-for-an-account/answer/"


class Coded(Protocol):
    """A row behind a secret that goes out by mail."""

    __tablename__: str
    id: int
    nonce: str
    key_id: str


class Linked(Coded, Protocol):
    """A row that a link leads to."""

    token_hash: str | None


def new_nonce() -> str:
    """A new random value: stored in a row, it makes the row's earlier links invalid."""
    return secrets.token_hex(16)


def current_key_id() -> str:
    """The id of the key that links are signed with now."""
    return settings().link_key.current_id


def is_known(key_id: str) -> bool:
    """Whether a key is still in the ring: what was made with another leads nowhere."""
    try:
        return bool(settings().link_key.get(key_id))
    except KeyError:
        return False


def token(row: Linked) -> str:
    """HMAC(link key, table, row id, nonce). Raise KeyError when the row's key was taken out of the ring."""
    key = settings().link_key.get(row.key_id)
    message = f"{row.__tablename__}:{row.id}:{row.nonce}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, message, "sha256")).rstrip(b"=").decode()


def digits(row: Coded) -> str:
    """The code of a row, as it stands in its letter. Raise KeyError when the row's key was taken out of the ring."""
    key = settings().link_key.get(row.key_id)
    number = int.from_bytes(hmac.digest(key, f"{row.__tablename__}:{row.id}:{row.nonce}:code".encode(), "sha256"))
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}}"


def hash_of(text: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


def store_token_hash(row: Linked) -> None:
    """Store the hash of the token in a flushed row, by which the link finds it."""
    row.token_hash = hash_of(token(row))


def absolute(path: str, row: Linked, language: str) -> str:
    """The address for a mail, below BASE_URL; the page behind it opens in the letter's language."""
    return f"{settings().base_url}{path}{token(row)}?lang={language}"


def absolute_sign_in() -> str:
    """The address of the page on which one signs in, for a mail."""
    return f"{settings().base_url}{SIGN_IN_PATH}"
