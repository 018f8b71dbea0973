"""Forms around changes of a promise: what is proposed, the amendment, the donor's letter."""

from datetime import date
from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.pledges.earmarks import Rule
from tracker.pledges.forms import AmountForm
from tracker.pledges.forms.use import UseForm, asked_by_form
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


class ExtendForm(KeyedForm):
    """Until when, and why."""

    ends_on = DayField(lazy("New end of the agreement"), [InputRequired(lazy("Enter the date."))])
    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])


class EarmarkForm(UseForm):
    """What the money is for from now on, and why."""

    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])
    kept: tuple[Rule, ...] = ()

    def fill_in(self, rules: tuple[Rule, ...]) -> None:
        """Show the earmarks as they stand; what the form cannot say stays with what is proposed."""
        self.kept = tuple(rule for rule in rules if not asked_by_form(rule))
        if self.is_submitted():
            return
        for rule in rules:
            if not asked_by_form(rule):
                continue
            if rule.rule == "until":
                self.until.process(None, date.fromisoformat(rule.codes[0]))
            elif rule.share_bp is None:
                self[rule.rule].data = list(rule.codes)
            elif rule.rule == "women":
                self.women.process(None, rule.share_bp // 100)
            else:
                self.share_kind.data = rule.codes[0]
                self.share.process(None, rule.share_bp // 100)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.check_limit()
        return fine and not self.share_kind.errors and not self.share.errors

    def proposed_rules(self) -> tuple[Rule, ...]:
        """What was entered, with what the form cannot say; only after validation."""
        return (*self.rules(), *self.kept)


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
