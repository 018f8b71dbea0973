"""The field of a form for a file: it is received, hashed and checked when the form is, before any verb begins."""

from typing import Any

from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError

from tracker.errors import Invalid
from tracker.files.kinds import DOCUMENT_LIMIT, DOCUMENTS
from tracker.files.receiving import receive


class UploadField(FileField):
    """A file of one of the kinds, at most `limit` bytes; once the form is valid `data` is a Received, or None."""

    data: Any

    def __init__(
        self, *args: Any, kinds: tuple[str, ...] = DOCUMENTS, limit: int = DOCUMENT_LIMIT, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.type = FileField.__name__  # to a page it is like any other
        self.kinds, self.limit = kinds, limit

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Take the file in, where nothing is wrong with it so far."""
        if self.errors or not isinstance(self.data, FileStorage) or not self.data.filename:
            return
        try:
            self.data = receive(self.data, kinds=self.kinds, limit=self.limit)
        except Invalid as refused:
            raise ValidationError(refused.message) from refused
