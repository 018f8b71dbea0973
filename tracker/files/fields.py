"""The field of a form for a file: it is received, hashed and checked when the form is, before any verb begins."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import g, has_request_context
from flask_babel import gettext
from flask_wtf.file import FileField
from markupsafe import Markup
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError
from wtforms.validators import StopValidation

from tracker.errors import Invalid
from tracker.files.kinds import DOCUMENT_LIMIT, DOCUMENTS
from tracker.files.pieces import places, services
from tracker.files.pieces.tickets import Ticket
from tracker.files.receiving import receive
from tracker.languages.marking import lazy
from tracker.web.whole_forms import is_key


class UploadField(FileField):
    """A file of one of the kinds, at most `limit` bytes; once the form is valid `data` is a Received, or None.

    It comes with the form, or came before it in pieces (`pieces`): then the form has the key of these under its name.
    """

    data: Any
    came_before: str | None = None
    """The key of what came in pieces: it is still there when the form is shown again with its errors."""

    def __init__(
        self, *args: Any, kinds: tuple[str, ...] = DOCUMENTS, limit: int = DOCUMENT_LIMIT, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.type = FileField.__name__  # to a page it is like any other
        self.kinds, self.limit = kinds, limit

    def __call__(self, **attributes: Any) -> Any:
        """The input, with what a script needs for sending the file in pieces (`static/js/pieces.js`)."""
        if not has_request_context():
            return super().__call__(**attributes)
        kept = self.came_before if not self.errors else None
        key = Markup('<input type="hidden" name="{}" value="{}">').format(self.name, kept) if kept else Markup()
        return key + super().__call__(**_for_pieces(self.kinds, self.limit), **attributes)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the file that came, or the one whose key came."""
        super().process_formdata(valuelist)
        key = next((text for text in valuelist if isinstance(text, str) and is_key(text)), None)
        if self.data or key is None:
            return
        self.raw_data = [key]
        found = services.waiting(places.here().owner, uuid.UUID(key))
        if found is None:
            raise ValueError(lazy("This file is no longer there. Choose it again."))
        row, content = found
        self.came_before = key
        self.data = FileStorage(content, row.name)  # type: ignore[arg-type]
        g.setdefault("came_in_pieces", []).append(row.id)

    def pre_validate(self, form: Any) -> None:
        """What is gone needs no second sentence."""
        if self.process_errors:
            raise StopValidation

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Take the file in, where nothing is wrong with it so far."""
        if self.errors or not isinstance(self.data, FileStorage) or not self.data.filename:
            return
        try:
            self.data = receive(self.data, kinds=self.kinds, limit=self.limit)
        except Invalid as refused:
            self.came_before = None
            raise ValidationError(refused.message) from refused


def _for_pieces(kinds: tuple[str, ...], limit: int) -> dict[str, str]:
    place = places.here()
    return {
        "data-pieces": place.address,
        "data-ticket": Ticket(place.owner, kinds, limit).signed(),
        "data-sending": gettext("Sending: %(percent)s", percent="{percent}"),
        "data-waiting": gettext("The line is away. It goes on from here as soon as it is back."),
        "data-there": gettext("The file has arrived. Send the form to hand it in."),
        **({"data-photos": ""} if "jpeg" in kinds else {}),
    }
