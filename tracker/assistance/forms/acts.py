"""Forms of the acts on a request."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from tracker.assistance.forms.handling import ConsentPart
from tracker.assistance.forms.parts import session_choices
from tracker.assistance.forms.texts import clean, line, paragraphs
from tracker.assistance.lifecycle import KIND_LABELS, Kind
from tracker.forms import AtMost, DayField, KeyedForm
from tracker.i18n import LANGUAGE_NAMES, N_, lazy


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


class ActForm(KeyedForm):
    """An act that needs no words."""


def reason(label: Any, hint: Any = "") -> TextAreaField:
    """The words without which an act is refused."""
    return TextAreaField(
        label,
        description=hint,
        filters=[clean],
        validators=[DataRequired(lazy("Give the reason in a few words.")), AtMost(2_000)],
    )


class ReturnForm(KeyedForm):
    """The authority gives a request back."""

    reason = reason(lazy("What should be changed"), lazy("The drafter reads this."))


class WithdrawForm(KeyedForm):
    """The authority takes a request back."""

    reason = reason(lazy("Reason"), lazy("Seen by the office and by your State."))


class ReopenForm(KeyedForm):
    """The authority asks for a second look."""

    reason = reason(lazy("What was overlooked, or what is new"), lazy("Another officer reads this."))


class NoteForm(ConsentPart, KeyedForm):
    """The note verbale, with what the authority agrees to show."""

    issuer = line(lazy("Issued by"), description=lazy("For example the permanent mission."))
    note_reference = line(lazy("Reference of the note verbale"), 80)
    dated = DayField(lazy("Date of the note verbale"), validators=[InputRequired(lazy("Enter the date."))])
    file = FileField(
        lazy("The note verbale"),
        description=lazy("PDF, JPG or PNG, 10 MB at most. A clear photograph is enough."),
        validators=[InputRequired(lazy("Choose the file of the note verbale."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Both texts are needed, too."""
        fine = super().validate(extra_validators)
        needed = (
            (self.issuer, lazy("Say who issues the note verbale.")),
            (self.note_reference, lazy("Enter the reference of the note verbale.")),
        )
        for text, sentence in needed:
            if not text.data:
                text.errors = [*text.errors, sentence]
                fine = False
        return fine


class ConsentForm(ConsentPart, KeyedForm):
    """What the State agrees to show, and to whom."""


class UploadForm(KeyedForm):
    """One more document."""

    file = FileField(
        lazy("File"),
        description=lazy("PDF, Word, Excel, OpenDocument, text or picture, 10 MB at most."),
        validators=[Optional()],
    )
    label = line(lazy("What it is"), description=lazy("For example “Concept note”."))


class InviteForm(KeyedForm):
    """A person of the same State who may write the draft, too."""

    person = SelectField(lazy("Person"), validate_choice=False)


RATINGS = {
    5: N_("Very useful"),
    4: N_("Useful"),
    3: N_("Fairly useful"),
    2: N_("Hardly useful"),
    1: N_("Not useful"),
}


class ConfirmForm(KeyedForm):
    """The State's word on a delivery."""

    rating = RadioField(
        lazy("How useful was it?"),
        choices=[SelectChoice(str(number), lazy(words)) for number, words in RATINGS.items()],
        validators=[InputRequired(lazy("Choose a rating."))],
    )
    comment = paragraphs(lazy("What should the office know?"), 2_000)
