"""What a delegate types of a claim, and the travel desk of it."""

from datetime import date
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import InputRequired, StopValidation

from tracker.files.fields import UploadField
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.marking import lazy
from tracker.money import is_currency
from tracker.participation.claims.lifecycle import Days, Receipt
from tracker.participation.travel.by_day import days_between, read_ticks
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import DayField, KeyedForm, MoneyField
from tracker.web.reason_field import reason
from tracker.web.text_fields import line, paragraphs

_NO_DAY = InputRequired(lazy("Enter the date."))


class DaysForm(KeyedForm):
    """The days really spent, what others provided, and a word on anything else."""

    first_day = DayField(lazy("First day at the place of the session"), [_NO_DAY])
    last_day = DayField(lazy("Last day there"), [_NO_DAY])
    provided = SelectMultipleField(lazy("What others provided"), validate_choice=False)
    remark = paragraphs(
        lazy("Anything else"), 1_000, optional=True, description=lazy("For example nights that you spent elsewhere.")
    )

    @property
    def stay(self) -> list[date]:
        """The days on which something can be ticked: as they are typed."""
        return days_between(self.first_day.data, self.last_day.data)

    def days(self) -> Days:
        """What was entered; only after validation. Ticks for days that are not of the stay are left out."""
        first, last = self.first_day.data, self.last_day.data
        return Days(first, last, read_ticks(self.provided.data, first, last), self.remark.data or "")


def _upload(label: Any) -> UploadField:
    words = lazy("A clear photograph (JPG, PNG or HEIC) or a PDF, 10 MB at most.")
    return UploadField(label, kinds=PHOTOGRAPHS, description=words)


class BoardingForm(KeyedForm):
    """One boarding pass."""

    file = _upload(lazy("Boarding pass"))


class ReceiptForm(KeyedForm):
    """One receipt for a line."""

    what = line(lazy("What it was"), 200, description=lazy("For example: visa fee at the consulate."))
    paid_on = DayField(lazy("Paid on"), [_NO_DAY])
    amount = MoneyField(lazy("Amount"))
    currency = line(lazy("Currency"), 3, description=lazy("Its code of three letters, for example EUR or USD."))
    number = line(lazy("Number of the receipt"), 60, optional=True)
    file = _upload(lazy("Receipt"))

    def validate(self, extra_validators: Any = None) -> bool:
        """The amount is read in its currency."""
        fine = bool(super().validate(extra_validators))
        self.currency_code = (self.currency.data or "").upper()
        self.amount_minor = 0
        if not is_currency(self.currency_code):
            self.add_errors({"currency": lazy("Enter a currency by its code of three letters.")})
            return False
        try:
            self.amount_minor = self.amount.minor(self.currency_code) or 0
        except StopValidation as refused:
            self.add_errors({"amount": str(refused)})
            return False
        return fine

    def receipt(self, for_line: str) -> Receipt:
        """What was entered; only after validation."""
        said = {"what": self.what.data or "", "paid_on": self.paid_on.data, "number": self.number.data or ""}
        return Receipt(line=for_line, amount_minor=self.amount_minor, currency=self.currency_code, **said)


class PressForm(KeyedForm):
    """A form without fields: the button confirms."""


class AskForm(KeptForm):
    """What is missing of a claim."""

    what = reason(lazy("What is missing"), lazy("The delegate reads it on their page."))
