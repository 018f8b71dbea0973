"""What came with the form that is being answered, for pages that answer it without its view."""

from flask import request
from werkzeug.exceptions import HTTPException

from tracker.web import form_classes
from tracker.web.whole_forms import MARK

HIDDEN = ("key", "version", "then", "rows", MARK)
"""Fields that nobody types and that go with the form when it is sent again."""
TOKEN = "csrf_token"  # noqa: S105 - the name of the field, not what is in it
_MOST_HIDDEN = 200


def everything() -> list[tuple[str, str]]:
    """What the person typed or chose, in the order of the form; nothing where the form cannot be read."""
    if request.method != "POST":
        return []
    try:
        fields = request.form.items(multi=True)
        return [(name, text) for name, text in fields if text.strip() and name not in (TOKEN, *HIDDEN)]
    except HTTPException:
        return []


def typed() -> list[tuple[str, str]]:
    """The same without secrets."""
    secret = form_classes.secret_names()
    return [(name, text) for name, text in everything() if form_classes.last_part(name) not in secret]


def hidden() -> list[tuple[str, str]]:
    """The hidden fields of the form, but for its token."""
    return [(name, text) for name in HIDDEN if 0 < len(text := request.form.get(name, "")) <= _MOST_HIDDEN]


def brought_files() -> bool:
    """Whether a file came with it, or too much to be looked at."""
    try:
        return any(file.filename for file in request.files.values())
    except HTTPException:
        return True
