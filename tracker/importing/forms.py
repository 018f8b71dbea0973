"""The shape of an upload."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.forms import KeyedForm
from tracker.i18n import lazy
from tracker.importing.policies import PLEDGES, REQUESTS

LABELS = {REQUESTS: lazy("Requests"), PLEDGES: lazy("Pledges")}


class UploadForm(KeyedForm):
    """A file, and what it holds."""

    what = RadioField(lazy("What the file holds"), [InputRequired(lazy("Say what the file holds."))])
    file = FileField(
        lazy("File"),
        [FileRequired(lazy("Choose a file."))],
        description=lazy("CSV, XLSX, IATI XML or JSON, at most 20 MB. Nothing is changed before you have seen it."),
    )

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what.choices = [SelectChoice(what, LABELS[what]) for what in allowed]
        if len(allowed) == 1 and not self.what.data:
            self.what.data = allowed[0]
