"""Links in mail: the token is computed from the row when the mail is sent; the database keeps only its hash."""

import base64
import hashlib
import hmac
import secrets
from typing import Protocol

from tracker.web.application import settings

INVITATION_PATH = "/invitation/"
RESET_PATH = "/reset/"
ANSWER_PATH = "/ask-for-an-account/answer/"


class Linked(Protocol):
    """A row that a link leads to."""

    __tablename__: str
    id: int
    nonce: str
    key_id: str
    token_hash: str | None


def new_nonce() -> str:
    """A new random value: stored in a row, it makes the row's earlier links invalid."""
    return secrets.token_hex(16)


def current_key_id() -> str:
    """The id of the key that links are signed with now."""
    return settings().link_key.current_id


def token(row: Linked) -> str:
    """HMAC(link key, table, row id, nonce). Raise KeyError when the row's key was taken out of the ring."""
    key = settings().link_key.get(row.key_id)
    message = f"{row.__tablename__}:{row.id}:{row.nonce}".encode()
    return base64.urlsafe_b64encode(hmac.digest(key, message, "sha256")).rstrip(b"=").decode()


def hash_of(text: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(text.encode()).hexdigest()


def store_token_hash(row: Linked) -> None:
    """Store the hash of the token in a flushed row, by which the link finds it."""
    row.token_hash = hash_of(token(row))


def absolute(path: str, row: Linked, language: str) -> str:
    """The address for a mail, below BASE_URL; the page behind it opens in the letter's language."""
    return f"{settings().base_url}{path}{token(row)}?lang={language}"
