"""Forms by which a second person gives or refuses roles."""

from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired

from tracker.accounts.services import NoteVerbale
from tracker.files.fields import UploadField
from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost, DayField, KeyedForm, SureForm


class GiveRolesForm(KeyedForm):
    """The second person's yes, to roles of the office."""

    def note(self) -> NoteVerbale | None:
        """The note verbale on which the roles rest; none here."""
        return None


class GiveSigningRolesForm(GiveRolesForm):
    """The yes to roles in which somebody binds a State or a donor: with the note verbale that names the person."""

    note_reference = StringField(
        _l("Reference of the note verbale"),
        [InputRequired(_l("Enter the reference of the note verbale.")), AtMost(100)],
    )
    note_date = DayField(_l("Date of the note verbale"), [InputRequired(_l("Enter the date of the note verbale."))])
    note_file = UploadField(
        _l("The note verbale"),
        [InputRequired(_l("Add the note verbale: these roles rest on it."))],
        description=_l("It names the person and the role. A scan as PDF or picture, at most 10 MB."),
    )

    def note(self) -> NoteVerbale | None:
        """The note verbale, with its file."""
        return NoteVerbale(self.note_reference.data, self.note_date.data, self.note_file.data or None)


class RefuseRolesForm(SureForm):
    """The second person's no."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Give the reason.")), AtMost(2000)],
        description=_l("Whoever asked reads it."),
    )
