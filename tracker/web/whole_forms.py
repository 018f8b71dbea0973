"""Only whole forms are taken: one without its mark or its key says nothing about what it leaves out, and to take what
is missing for an answer would reset what nobody meant to change."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import Flask, request

from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.web import form_classes

MARK = "whole"
"""The name of the hidden field that every form of ours ends with; its value says which form it is."""

_NOTHING_KEPT = "a password is no part of what is kept, not even as a hash: so the act has no key"
WITHOUT_KEY: Mapping[str, str] = {
    "accounts.accept": _NOTHING_KEPT,
    "accounts.choose_membership": "a choice that holds already is no act; a key would be of the place that was left",
    "accounts.forgotten": "every try counts for the throttle, and every letter has a link of its own",
    "accounts.password": _NOTHING_KEPT,
    "accounts.reset": _NOTHING_KEPT,
    "accounts.sign_in": _NOTHING_KEPT,
    "accounts.sign_in_code": "every try counts, and a code works once",
    "accounts.sign_out": "a session ends once, and whoever leaves a borrowed machine must get out",
    "participation.close_page": "a page that is closed stays closed",
    "participation.open_page": "every try counts, and a code works once",
    "demonstration.sign_in": "begins a session, as signing in does",
}
"""Forms without a key, each with the reason."""


class Parted(Invalid):
    """A form that did not arrive whole; sending the same again would not help."""


def is_key(text: Any) -> bool:
    """Whether a text can be a form's key."""
    try:
        uuid.UUID(str(text))
    except ValueError:
        return False
    return True


def is_whole() -> bool:
    """Whether the form that is being sent has the mark and the key that its page gave it."""
    return bool(request.form.get(MARK)) and (request.endpoint in WITHOUT_KEY or is_key(request.form.get("key")))


def refuse_parts() -> None:
    """The before_request hook: nothing changes by a form that is not whole."""
    if request.method == "POST" and request.endpoint is not None and not is_whole():
        raise Parted(
            lazy("Only a part of this form arrived, so nothing was changed. Open the page again and send it once more.")
        )


def init_app(app: Flask) -> None:
    """Ask after those who may not enter were sent away (see `access.guard`), and let templates name a form."""
    app.before_request(refuse_parts)
    app.jinja_env.globals.update(form_mark=MARK, form_name=form_classes.name_of)
