"""Forms for money out of an allocation and back: of a seat they ask which line."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.forms.acts import NO_REFERENCE, AmountForm, choices_of
from tracker.pledges.lifecycle import METHODS, PAYEE_KINDS
from tracker.pledges.seat_lines import LINE_LABELS, PARTS, LineMoney, payable
from tracker.pledges.services import Payment
from tracker.web.forms import AtMost, DayField, MoneyField
from tracker.web.reading import read_row


class PaymentForm(AmountForm):
    """A payment or a recovery as the finance system has it; for a seat (`ask_for_line`) with its line."""

    line = SelectField(lazy("Line of the seat"), coerce=str, validate_choice=False)
    part = RadioField(
        lazy("What of this line is paid"),
        validate_choice=False,
        description=lazy("What nothing follows of can be used for the ticket of the same seat."),
    )
    amount = MoneyField(lazy("Amount"))
    value_date = DayField(lazy("Value date"), [InputRequired(lazy("Enter the value date."))])
    external_reference = StringField(lazy("Reference in the finance system"), [DataRequired(NO_REFERENCE), AtMost(120)])
    payee_kind = SelectField(
        lazy("Payee"),
        [InputRequired(lazy("Choose who is paid."))],
        choices=[SelectChoice("", lazy("Choose who is paid")), *choices_of(PAYEE_KINDS)],
    )
    method = SelectField(lazy("Method"), choices=choices_of(METHODS))
    note = TextAreaField(
        lazy("Note"),
        [Optional(), AtMost(500)],
        description=lazy("Needed where an allowance is paid in another part than the rule says."),
    )

    def ask_for_line(self, lines: Iterable[LineMoney], held_minor: int) -> None:
        """Ask which line is paid; without lines, because it is for no seat, the form asks for none."""
        lines = list(lines)
        if not lines:
            del self.line, self.part
            return
        choices = [SelectChoice(str(one.id), _can_be_paid(one, payable(one, lines, held_minor))) for one in lines]
        self.line.choices = [SelectChoice("", lazy("Choose the line")), *choices]
        self.part.choices = choices_of(PARTS)

    def payment(self) -> Payment:
        """What was entered; only after validation."""
        return Payment(
            amount_minor=self.amount_minor,
            value_date=self.value_date.data,
            external_reference=(self.external_reference.data or "").strip(),
            payee_kind=self.payee_kind.data,
            method=self.method.data,
            note=self.note.data or "",
            seat_line_id=read_row(self.line.data) if self.line else None,
            part=(self.part.data or "") if self.part else "",
        )


def _can_be_paid(line: LineMoney, most_minor: int) -> Any:
    most = format_money(most_minor, FUND_CURRENCY)
    return lazy("%(line)s: up to %(most)s", line=LINE_LABELS[line.kind], most=most)


def _was_paid(line: LineMoney) -> Any:
    paid = format_money(line.paid_minor, FUND_CURRENCY)
    return lazy("%(line)s: %(paid)s paid", line=LINE_LABELS[line.kind], paid=paid)


class RecoveryForm(PaymentForm):
    """A recovery: the same, from whoever was paid."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payee_kind.label.text = lazy("Paid back by")
        self.payee_kind.choices = [SelectChoice("", lazy("Choose who paid back")), *choices_of(PAYEE_KINDS)]
        self.payee_kind.validators = [InputRequired(lazy("Choose who paid back."))]
        del self.part

    def ask_for_line(self, lines: Iterable[LineMoney], held_minor: int) -> None:
        """Ask of which line money came back, among those of which some was paid."""
        lines = list(lines)
        if not lines:
            del self.line
            return
        choices = [SelectChoice(str(one.id), _was_paid(one)) for one in lines if one.paid_minor]
        self.line.choices = [SelectChoice("", lazy("Choose the line")), *choices]
