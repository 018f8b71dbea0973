"""One form for each step on a pledge and its money."""

from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, StopValidation

from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.services import Agreement, MoneyIn
from tracker.web.forms import AtMost, DayField, KeyedForm, MoneyField, SureForm
from tracker.web.reading import read_row

NO_REFERENCE = lazy("Enter the reference of the finance system or the bank.")


def choices_of(labels: dict[str, Any]) -> list[SelectChoice]:
    """Labels as the choices of a select field, in their order."""
    return [SelectChoice(value=value, label=label) for value, label in labels.items()]


def minor(field: Any, currency: str, *, needed: bool = True) -> int | None:
    """The amount of a money field; None, with the sentence at the field, when it cannot be read."""
    try:
        amount = field.minor(currency)
    except StopValidation as reason:
        field.errors = [*field.errors, str(reason)]
        return None
    if amount is None and needed:
        field.errors = [*field.errors, lazy("Enter an amount.")]
    return amount


class ConfirmForm(KeyedForm):
    """A form without fields: the button confirms."""


class ReasonForm(KeyedForm):
    """The reason for an action."""

    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])


class AcceptForm(KeyedForm):
    """The agreement that makes a pledge binding."""

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

    def agreement(self) -> Agreement:
        """What was entered; only after validation."""
        return Agreement(
            reference=self.agreement_reference.data or "",
            signed_on=self.agreement_date.data,
            ends_on=self.ends_on.data,
            file=self.file.data,
        )


class AmountForm(KeyedForm):
    """An amount in a currency that the page names; `amount_minor` is there after validation."""

    amount = MoneyField(lazy("Amount"))
    currency = FUND_CURRENCY
    amount_minor = 0

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        amount = minor(self.amount, self.currency)
        self.amount_minor = amount or 0
        return fine and amount is not None


class RefundForm(AmountForm):
    """How much goes back, and where the finance system has it."""

    external_reference = StringField(lazy("Reference in the finance system"), [DataRequired(NO_REFERENCE), AtMost(120)])
    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])


class ReceiptForm(AmountForm, SureForm):
    """Money that came in."""

    charge = MoneyField(lazy("Charges that banks kept"), [Optional()])
    value_date = DayField(lazy("Value date"), [InputRequired(lazy("Enter the value date."))])
    external_reference = StringField(lazy("Reference of the bank"), [DataRequired(NO_REFERENCE), AtMost(120)])
    instalment = SelectField(lazy("Instalment"), choices=[], coerce=str, validate_choice=False)
    charge_minor = 0

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.charge_minor = minor(self.charge, self.currency, needed=False) or 0
        return fine and not self.charge.errors

    def money_in(self) -> MoneyIn:
        """What was entered; only after validation."""
        return MoneyIn(
            amount_minor=self.amount_minor,
            value_date=self.value_date.data,
            external_reference=(self.external_reference.data or "").strip(),
            charge_minor=self.charge_minor,
            instalment_id=read_row(self.instalment.data),
        )


class AllocateForm(AmountForm):
    """How much of which pledge."""

    pledge = HiddenField()
