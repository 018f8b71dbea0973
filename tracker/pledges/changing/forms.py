"""Forms around changes of a promise: what is proposed, the amendment, the donor's letter."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.pledges.forms import AmountForm
from tracker.pledges.proposed_acts.services import Paper
from tracker.web.forms import AtMost, DayField, KeyedForm, SureForm

_PAPER = lazy("The signed paper as PDF, Word or picture, 10 MB at most.")


class ReduceForm(AmountForm):
    """How much less, and why."""

    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])


class RaiseForm(AmountForm, SureForm):
    """How much more, when it is due, and why."""

    due_on = DayField(lazy("Due on"), [InputRequired(lazy("Enter the date on which it is due."))])
    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])

    def growth(self) -> dict[str, Any]:
        """What was entered, as the verb takes it; only after validation."""
        return {"amount_minor": self.amount_minor, "due_on": self.due_on.data, "reason": self.reason.data or ""}


class AmendmentForm(KeyedForm):
    """The amendment that the office has before it when it says yes."""

    reference = StringField(
        lazy("Reference of the amendment"), [DataRequired(lazy("Enter the reference.")), AtMost(120)]
    )
    dated = DayField(lazy("Date of the amendment"), [InputRequired(lazy("Enter the date."))])
    file = UploadField(lazy("The amendment"), description=_PAPER, validators=[InputRequired(lazy("Choose the file."))])

    def paper(self) -> Paper:
        """What was entered; only after validation."""
        return Paper(self.reference.data or "", self.dated.data, self.file.data)


class LetterForm(KeyedForm):
    """The letter by which a donor says yes on paper."""

    signed_by = StringField(
        lazy("Signed by"),
        [DataRequired(lazy("Enter who signed the letter.")), AtMost(200)],
        description=lazy("Name and function, as they stand in the letter."),
    )
    reference = StringField(lazy("Reference of the letter"), [DataRequired(lazy("Enter the reference.")), AtMost(120)])
    dated = DayField(lazy("Date of the letter"), [InputRequired(lazy("Enter the date."))])
    file = UploadField(lazy("The letter"), description=_PAPER, validators=[InputRequired(lazy("Choose the file."))])

    def paper(self) -> Paper:
        """What was entered; only after validation."""
        return Paper(self.reference.data or "", self.dated.data, self.file.data, self.signed_by.data or "")
