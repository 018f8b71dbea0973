"""The form to upload a file for import."""

from typing import Any

from flask_wtf.file import FileRequired
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.files.fields import UploadField
from tracker.files.kinds import IMPORT_LIMIT, IMPORTS
from tracker.imports.hints import ENCODINGS, ORDERS, Hints
from tracker.imports.kinds import importable, kind_of, label_of
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
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

    session = SelectField(
        lazy("Session that the file is about"),
        description=lazy("Only for files that do not say it themselves, such as the list of participants."),
        default="",
    )
    source = SelectField(
        lazy("System that the file is from"),
        description=lazy("Only for entries of a finance system or its bank: it says how they are read."),
        default="",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = importable(actor)
        self.what.choices = [SelectChoice(what, lazy(label_of(what))) for what in allowed]
        if len(allowed) == 1 and not self.what.data:
            self.what.data = allowed[0]
        for field, asked in ((self.session, "sessions"), (self.source, "sources")):
            asking = (given for what in allowed if (given := getattr(kind_of(what), asked)) is not None)
            known = dict(one for given in asking for one in given(actor))
            field.choices = [SelectChoice("", lazy("None")), *(SelectChoice(*one) for one in known.items())]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = bool(super().validate(extra_validators))
        if fine and kind_of(self.what.data).sessions is not None and not self.session.data:
            self.session.errors = [*self.session.errors, lazy("Choose the session that the file is about.")]
            return False
        if fine and kind_of(self.what.data).sources is not None and not self.source.data:
            self.source.errors = [*self.source.errors, lazy("Choose the system that the file is from.")]
            return False
        return fine

    def hints(self) -> Hints:
        """What was said of the table; only after validation."""
        kind = kind_of(self.what.data)
        session = self.session.data if kind.sessions is not None else ""
        source = self.source.data if kind.sources is not None else ""
        return Hints(self.encoding.data, self.dates.data, session, source)
