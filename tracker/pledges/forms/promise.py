"""What is promised, as a form asks it: in a donor's offer, and where a pledge on paper is filed."""

from collections.abc import Iterator
from typing import Any

from wtforms import FieldList, FormField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from tracker.calendar.now import today
from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.pledges import queries
from tracker.pledges.forms.acts import minor
from tracker.pledges.forms.use import UseForm
from tracker.pledges.services import Agreement, Part, Terms
from tracker.web.forms import AtMost, DayField, MoneyField, SureForm
from tracker.web.typed_forms import EntryForm


class InstalmentForm(EntryForm):
    """One part of the pledge."""

    amount = MoneyField(lazy("Amount"), [Optional()])
    due_on = DayField(lazy("Due on"))


class PromiseForm(UseForm, SureForm):
    """Title, amount, what it is for, instalments and conditions."""

    title = StringField(
        lazy("Title"),
        [DataRequired(lazy("Enter a title by which you will know this pledge.")), AtMost(200)],
        description=lazy(
            "What you will know this pledge by, for example “Participation of least developed countries”."
        ),
    )
    amount = MoneyField(lazy("Amount of the pledge"))
    currency = SelectField(lazy("Currency"))

    instalments = FieldList(FormField(InstalmentForm, label=lazy("Instalment")), lazy("Instalments"), min_entries=3)
    conditions = TextAreaField(
        lazy("Conditions"),
        [Optional(), AtMost(4000)],
        description=lazy("Reports you need, visibility, anything else the agreement should hold."),
    )

    def offer_currencies(self) -> None:
        """Let choose among the currencies that have a rate today."""
        self.currency.choices = [SelectChoice(value=c, label=c) for c in queries.currencies_on(today())]

    @property
    def sentences_about_instalments(self) -> list[Any]:
        """What is wrong with the instalments together, without what is wrong with one of them."""
        return [words for words in self.instalments.errors if not isinstance(words, dict | list)]

    def read_terms(self) -> Terms | None:
        """What was entered; None, with the sentences at the fields, where it cannot be read."""
        currency = self.currency.data or ""
        if self.currency.errors:
            return None
        amount = minor(self.amount, currency)
        parts = tuple(self._parts(currency))
        self.check_limit()
        if amount is None or wrong([self.instalments, self.share_kind, self.share]):
            return None
        return Terms(
            title=(self.title.data or "").strip(),
            amount_minor=amount,
            currency=currency,
            instalments=parts,
            earmarks=tuple(self.rules()),
            conditions=(self.conditions.data or "").strip(),
        )

    def _parts(self, currency: str) -> Iterator[Part]:
        for entry in self.instalments.entries:
            inner = entry.form
            if not (inner.amount.data or "").strip() and not any(inner.due_on.parts):
                continue
            amount = minor(inner.amount, currency)
            if inner.due_on.data is None and not inner.due_on.errors:
                inner.due_on.errors = [lazy("Enter the date on which it is due.")]
            if amount is not None and inner.due_on.data is not None:
                yield Part(inner.due_on.data, amount)


class FileForm(PromiseForm):
    """A pledge that came on paper: whose it is, what it says, and who signed it."""

    donor = SelectField(lazy("Donor"), [InputRequired(lazy("Choose the donor."))])
    signed_by = StringField(
        lazy("Signed by"),
        [DataRequired(lazy("Enter who signed the agreement.")), AtMost(200)],
        description=lazy("Name and function, as they stand in the agreement."),
    )
    agreement_reference = StringField(
        lazy("Reference of the agreement"), [DataRequired(lazy("Enter the agreement's reference.")), AtMost(120)]
    )
    agreement_date = DayField(lazy("Date of the agreement"), [InputRequired(lazy("Enter the date of the agreement."))])
    ends_on = DayField(lazy("Ends on"), [InputRequired(lazy("Enter the date on which the agreement ends."))])
    file = UploadField(
        lazy("The agreement"),
        description=lazy("The signed paper as PDF, Word or picture, 10 MB at most."),
        validators=[InputRequired(lazy("Choose the file of the agreement."))],
    )
    terms: Terms | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.terms = self.read_terms()
        return fine and self.terms is not None and not wrong(list(self))

    def agreement(self) -> Agreement:
        """What was entered; only after validation."""
        return Agreement(
            reference=self.agreement_reference.data or "",
            signed_on=self.agreement_date.data,
            ends_on=self.ends_on.data,
            file=self.file.data,
        )


def wrong(fields: list[Any]) -> bool:
    """Whether something is wrong with one of these."""
    return any(_has_errors(field) for field in fields)


def _has_errors(field: Any) -> bool:
    if field.type == "FieldList":
        own = any(not isinstance(words, list | dict) for words in field.errors)
        return own or any(_has_errors(entry) for entry in field.entries)
    if field.type == "FormField":
        return any(_has_errors(inner) for inner in field.form)
    return bool(field.errors)
