"""What a State asks for with a message."""

from typing import Any

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tracker.assistance.messages.words import LIMIT, WordsForm, paper_field
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.web.forms import DayField
from tracker.web.text_fields import line, paragraphs


class MoreTimeForm(WordsForm):
    """Until when, and why."""

    day = DayField(
        lazy("Until when do you need time?"),
        validators=[InputRequired(lazy("Enter the day until which you need time."))],
    )
    body = paragraphs(lazy("Why"), LIMIT)


class NotAsDescribedForm(WordsForm):
    """Which delivery, and what is otherwise."""

    activity = SelectField(lazy("What was delivered"), validators=[InputRequired(lazy("Choose what was delivered."))])
    body = paragraphs(lazy("What is not as described"), LIMIT)
    file = paper_field(Optional())

    def offer(self, activities: list[Any]) -> "NotAsDescribedForm":
        """Fill the choices: what was delivered, with its day."""
        self.activity.choices = [
            SelectChoice(str(row.public_id), f"{row.title}, {format_day(row.delivered_on)}") for row in activities
        ]
        return self


class AmendmentForm(WordsForm):
    """Which terms, why, and the note verbale that says so."""

    body = paragraphs(
        lazy("What should change, and why"),
        LIMIT,
        description=lazy("Amount, scope or conditions. The terms stay as they are until a new decision is signed."),
    )
    issuer = line(lazy("Issued by"), description=lazy("For example the permanent mission."))
    note_reference = line(lazy("Reference of the note verbale"), 80)
    dated = DayField(lazy("Date of the note verbale"), validators=[InputRequired(lazy("Enter the date."))])
    file = paper_field(
        InputRequired(lazy("Choose the file of the note verbale.")),
        label=lazy("The note verbale"),
        hint=lazy("PDF, JPG, PNG or HEIC, 10 MB at most. A clear photograph is enough."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """The note has an issuer and a reference, too."""
        fine = super().validate(extra_validators)
        for text, sentence in (
            (self.issuer, lazy("Say who issues the note verbale.")),
            (self.note_reference, lazy("Enter the reference of the note verbale.")),
        ):
            if not text.data:
                text.errors = [*text.errors, sentence]
                fine = False
        return fine
