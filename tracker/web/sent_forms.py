"""What came with the form that is being answered, for pages that answer it without its view."""

from flask import request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from tracker.web import form_classes, oversized
from tracker.web.whole_forms import MARK

HIDDEN = ("key", "version", "then", "rows", MARK)
"""Fields that nobody types and that go with the form when it is sent again."""
TOKEN = "csrf_token"  # noqa: S105 - the name of the field, not what is in it
_MOST_HIDDEN = 200


def everything() -> list[tuple[str, str]]:
    """What the person typed or chose, in the order of the form; nothing where the form cannot be read."""
    return [(name, text) for name, text in _fields() or () if text.strip() and name not in (TOKEN, *HIDDEN)]


def _fields() -> list[tuple[str, str]] | None:
    """All fields that came; None where a form came that cannot be read."""
    if request.method != "POST":
        return []
    try:
        return list(request.form.items(multi=True))
    except RequestEntityTooLarge:
        return oversized.texts() or None
    except HTTPException:
        return None


def can_be_read() -> bool:
    """Whether what was sent could be read, with its files or past them."""
    return _fields() is not None


def name_of_form() -> str:
    """By which name the form that is being answered is known."""
    return dict(_fields() or ()).get(MARK, "")


def typed() -> list[tuple[str, str]]:
    """The same without secrets."""
    secret = form_classes.secret_names()
    return [(name, text) for name, text in everything() if not form_classes.is_secret_name(name, secret)]


def unsecret() -> list[tuple[str, str]]:
    """All that stands in the form, also where it is empty, without its hidden fields and secrets."""
    secret, aside = form_classes.secret_names(), {TOKEN, *HIDDEN}
    fields = request.form.items(multi=True)
    return [
        (name, text) for name, text in fields if name not in aside and not form_classes.is_secret_name(name, secret)
    ]


def hidden() -> list[tuple[str, str]]:
    """The hidden fields of the form, but for its token."""
    return [(name, text) for name in HIDDEN if 0 < len(text := request.form.get(name, "")) <= _MOST_HIDDEN]


def brought_files() -> bool:
    """Whether a file came with it, or too much to be looked at."""
    try:
        return any(file.filename for file in request.files.values())
    except HTTPException:
        return True
