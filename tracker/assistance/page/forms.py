"""Forms for documents that were handed in: why one no longer counts, and what takes its place."""

from flask_wtf.file import FileRequired

from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm
from tracker.web.text_fields import paragraphs


class StrikeForm(KeyedForm):
    """Why a document no longer counts."""

    reason = paragraphs(lazy("Reason"), 2_000, description=lazy("Your State and UNODC read it."))


class ReplaceForm(StrikeForm):
    """A later version of a document, and why."""

    file = UploadField(
        lazy("File"),
        description=lazy("PDF, Word, Excel, OpenDocument, text or picture, 10 MB at most."),
        validators=[FileRequired(lazy("Choose a file."))],
    )
