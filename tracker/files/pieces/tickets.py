"""What a page lets be sent in pieces, signed by us: of which kinds, how large, and by whom. Nobody sends any without
the page of a form that takes a file."""

from dataclasses import dataclass

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from tracker.errors import Invalid
from tracker.languages.marking import lazy


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the field of a form takes."""

    owner: str
    kinds: tuple[str, ...]
    limit: int

    def signed(self) -> str:
        """The ticket as the page carries it."""
        return str(_serializer().dumps([self.owner, " ".join(self.kinds), self.limit]))


def read(text: str, owner: str) -> Ticket:
    """The ticket in a text that `signed` gave to the same owner. Raises Invalid."""
    try:
        whose, kinds, limit = _serializer().loads(text)
    except BadData:
        whose, kinds, limit = None, "", 0
    if whose != owner:
        raise Invalid(lazy("The page is too old for sending this file. Open it again."))
    return Ticket(owner, tuple(kinds.split()), limit)


def _serializer() -> URLSafeSerializer:
    fallbacks = list(current_app.config["SECRET_KEY_FALLBACKS"] or ())
    return URLSafeSerializer([*reversed(fallbacks), current_app.secret_key], salt="files in pieces")
