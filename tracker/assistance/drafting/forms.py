"""Beginning a draft, adding a document, inviting a colleague."""

from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tracker.assistance.fields.parts import session_choices
from tracker.assistance.lifecycle import KIND_LABELS, Kind
from tracker.files.fields import UploadField
from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm
from tracker.web.text_fields import line


class StartForm(KeyedForm):
    """What is asked for, and in which language it is written."""

    kind = RadioField(
        lazy("What do you ask for?"),
        choices=[SelectChoice(kind.value, lazy(KIND_LABELS[kind])) for kind in Kind],
        validators=[InputRequired(lazy("Choose what you ask for."))],
    )
    language = SelectField(
        lazy("Language in which you write"),
        choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()],
        description=lazy("You can change it later. The pages themselves stay in your own language."),
    )
    session = HiddenField()

    @property
    def session_id(self) -> int | None:
        """The session that a person came from, when support can be asked for it."""
        known = {choice.value for choice in session_choices()} if self.session.data else set()
        return int(self.session.data) if self.session.data in known else None


class UploadForm(KeyedForm):
    """One more document."""

    file = UploadField(
        lazy("File"),
        description=lazy("PDF, Word, Excel, OpenDocument, text or picture, 10 MB at most."),
        validators=[Optional()],
    )
    label = line(lazy("What it is"), description=lazy("For example “Concept note”."))


class InviteForm(KeyedForm):
    """A person of the same State who may write the draft, too."""

    person = SelectField(lazy("Person"), validate_choice=False)
