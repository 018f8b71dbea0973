"""A form that was sent when its session was gone: kept, signed, in the sign-in form that answers it, and sent again as
soon as the same person is back."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from tracker.web import sent_forms
from tracker.web.access import current_actor, may_enter
from tracker.web.whole_forms import MARK

Fields = list[tuple[str, str]]
KEPT_FOR = 24 * 3600
"""Seconds in which what was typed can still be sent; files wait shorter."""


@dataclass(frozen=True)
class Kept:
    """What was sent, and by whom: `person` is whose session ended (None: nobody can say), `files` are held for them.

    `complete` says that nothing is missing and that the form was our own page's: it is sent without another press.
    """

    address: str
    fields: Fields
    person: int | None = None
    files: tuple[str, ...] = ()
    complete: bool = False

    @property
    def form(self) -> str:
        """By which name the form is known."""
        return dict(self.fields).get(MARK, "")

    @property
    def typed(self) -> Fields:
        """What the person typed or chose."""
        return [(name, text) for name, text in self.fields if name not in sent_forms.HIDDEN]


@dataclass
class Doors:
    """What higher rooms know: who was signed in here until a day ago, and where files wait for that person."""

    person_before: Callable[[], int | None] = lambda: None
    hold_files: Callable[[Any, int], tuple[str, ...]] = lambda _files, _person: ()


doors = Doors()


def needs_sign_in() -> bool:
    """Whether the form that is being sent is for people who are signed in, and nobody is."""
    view = current_app.view_functions.get(request.endpoint or "")
    names = getattr(view, "access", frozenset({"public"}))
    return not current_actor().signed_in and not may_enter(names, current_actor()) and bool(sent_forms.everything())


def keep(*, own_page: bool, most: int) -> Kept | None:
    """What is being sent, with its files where it is known whose they are; None when it is longer than `most`
    characters. `own_page`: the form was checked to come from a page of ours."""
    fields = [*sent_forms.hidden(), *sent_forms.typed()]
    if sum(len(name) + len(text) for name, text in fields) > most:
        return None
    person = doors.person_before()
    files: tuple[str, ...] = ()
    brought = [(name, file) for name, file in request.files.items(multi=True) if file.filename]
    if brought and person is not None:
        files = doors.hold_files(brought, person)
    withheld = len(sent_forms.typed()) < len(sent_forms.everything())
    complete = own_page and person is not None and not withheld and len(files) == len(brought)
    return Kept(request.full_path.rstrip("?"), fields, person, files, complete)


def pack(kept: Kept) -> str:
    """The kept form as one signed text."""
    return str(_serializer().dumps(asdict(kept)))


def unpack(text: str | None) -> Kept | None:
    """The form in a text that `pack` made not too long ago, or None."""
    if not text:
        return None
    try:
        found = _serializer().loads(text, max_age=KEPT_FOR)
    except BadData:
        return None
    fields = [(name, said) for name, said in found["fields"]]
    return Kept(found["address"], fields, found["person"], tuple(found["files"]), found["complete"])


def _serializer() -> URLSafeTimedSerializer:
    fallbacks = list(current_app.config["SECRET_KEY_FALLBACKS"] or ())
    return URLSafeTimedSerializer([*reversed(fallbacks), current_app.secret_key], salt="kept form")
