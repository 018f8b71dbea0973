"""Many payments at once: the day and the method for all, a reference and who is paid for each."""

import uuid
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy
from tracker.pledges.lifecycle import METHODS, PAYEE_KINDS
from tracker.pledges.services import Payment
from tracker.web.forms import AtMost, DayField, KeyedForm
from tracker.web.reading import read_row
from tracker.web.typed_forms import EntryForm
from tracker.web.whole_forms import is_key

MOST = 50
_PAYEES = [SelectChoice(value, label) for value, label in PAYEE_KINDS.items()]


class PaymentRow(EntryForm):
    """One payment: out of which allocation, for which line (0: no seat's) and what part of it, how much was seen."""

    allocation = HiddenField()
    line = HiddenField()
    part = HiddenField()
    amount = HiddenField()
    external_reference = StringField(lazy("Reference in the finance system"), [AtMost(120)])
    payee_kind = SelectField(lazy("Payee"), choices=_PAYEES)

    @property
    def public_id(self) -> uuid.UUID:
        """The allocation; one that nobody has where the row says none."""
        return uuid.UUID(self.allocation.data) if is_key(self.allocation.data) else uuid.UUID(int=0)

    @property
    def name(self) -> str:
        """What tells the row from every other."""
        return f"{self.public_id}.{self.line.data or '0'}"


class PayForm(KeyedForm):
    """Payments of one day."""

    value_date = DayField(lazy("Value date"), [InputRequired(lazy("Enter the value date."))])
    method = SelectField(lazy("Method"), choices=[SelectChoice(value, label) for value, label in METHODS.items()])
    rows = FieldList(FormField(PaymentRow, label=lazy("Payment")), lazy("Payments"), max_entries=MOST)

    def payments(self) -> list[tuple[PaymentRow, Payment]]:
        """The rows that have a reference, each with its payment; only after validation."""
        filled = [entry.form for entry in self.rows.entries if (entry.form.external_reference.data or "").strip()]
        return [(row, self._payment(row)) for row in filled]

    def _payment(self, row: PaymentRow) -> Payment:
        day: Any = self.value_date.data
        line, minor = read_row(row.line.data) or None, read_row(row.amount.data) or 0
        reference = (row.external_reference.data or "").strip()
        how = row.payee_kind.data, self.method.data
        return Payment(minor, day, reference, *how, seat_line_id=line, part=row.part.data or "")
