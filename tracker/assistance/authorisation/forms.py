"""The note verbale, consents, and reasons of the authority."""

from typing import Any

from wtforms.validators import InputRequired

from tracker.assistance.fields.handling_parts import ConsentPart
from tracker.files.fields import UploadField
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.marking import lazy
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import DayField, KeyedForm
from tracker.web.reason_field import reason
from tracker.web.text_fields import line


class ReturnForm(KeptForm):
    """The authority gives a request back."""

    reason = reason(lazy("What should be changed"), lazy("The drafter reads this."))


class WithdrawForm(KeptForm):
    """The authority takes a request back."""

    reason = reason(lazy("Reason"), lazy("Seen by the office and by your State."))


class NoteForm(ConsentPart, KeptForm):
    """The note verbale, with what the authority agrees to show."""

    issuer = line(lazy("Issued by"), description=lazy("For example the permanent mission."))
    note_reference = line(lazy("Reference of the note verbale"), 80)
    dated = DayField(lazy("Date of the note verbale"), validators=[InputRequired(lazy("Enter the date."))])
    file = UploadField(
        lazy("The note verbale"),
        kinds=PHOTOGRAPHS,
        description=lazy("PDF, JPG, PNG or HEIC, 10 MB at most. A clear photograph is enough."),
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
