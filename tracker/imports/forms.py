"""The form to upload a file for import."""

from typing import Any

from flask_wtf.file import FileRequired
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.files.fields import UploadField
from tracker.files.kinds import IMPORT_LIMIT, IMPORTS
from tracker.imports.hints import ENCODINGS, ORDERS
from tracker.imports.kinds import label_of
from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm


def _choices(usual: Any, others: dict[str, str]) -> list[SelectChoice]:
    labels = {"": usual, **{value: lazy(label) for value, label in others.items()}}
    return [SelectChoice(value=value, label=label) for value, label in labels.items()]


class UploadForm(KeyedForm):
    """A file, and what it holds."""

    what = RadioField(lazy("What the file holds"), [InputRequired(lazy("Say what the file holds."))])
    file = UploadField(
        lazy("File"),
        [FileRequired(lazy("Choose a file."))],
        kinds=IMPORTS,
        limit=IMPORT_LIMIT,
        description=lazy("CSV, XLSX, IATI XML or JSON, at most 20 MB. Nothing is changed before you have seen it."),
    )
    encoding = SelectField(
        lazy("If the file is not in UTF-8"),
        description=lazy("Excel saves CSV in the encoding of its computer, unless it is told “CSV UTF-8”."),
        choices=_choices(lazy("Refuse it"), ENCODINGS),
        default="",
    )
    dates = SelectField(
        lazy("What comes first in dates such as 01/02/2026"),
        description=lazy("A day above 12 shows it; without one, rows with such dates are not taken."),
        choices=_choices(lazy("What the table shows"), ORDERS),
        default="",
    )

    def __init__(self, *args: Any, allowed: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what.choices = [SelectChoice(what, lazy(label_of(what))) for what in allowed]
        if len(allowed) == 1 and not self.what.data:
            self.what.data = allowed[0]
