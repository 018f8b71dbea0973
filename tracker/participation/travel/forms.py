"""What is typed at the travel desk. Nothing here asks for a passport, the number of a visa or an account of a bank."""

import uuid
from contextlib import suppress
from datetime import date
from typing import Any

from flask import request
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation

from tracker.files.fields import UploadField
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.travel.by_day import days_between, read_ticks
from tracker.participation.travel.lifecycle import SHOWN_LABELS
from tracker.participation.travel.services import Papers, Payee, Quotation, Spent, Ticket
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import DayField, KeyedForm, MoneyField, read_cents
from tracker.web.reason_field import reason
from tracker.web.text_fields import line

_NO_DAY = InputRequired(lazy("Enter the date."))
TRANSFER, CASH = "transfer", "cash"


def minor(field: MoneyField, *, needed: bool = True) -> int | None:
    """The amount of a field in cents of the dollar; None, with the sentence at the field, where it cannot be read."""
    try:
        amount = field.minor(FUND_CURRENCY)
    except StopValidation as reason:
        field.errors = [*field.errors, str(reason)]
        return None
    if amount is None and needed:
        field.errors = [*field.errors, lazy("Enter an amount.")]
    return amount


class PapersForm(KeyedForm):
    """How far papers and visa are."""

    papers_on = DayField(
        lazy("Papers complete on"),
        [Optional()],
        description=lazy("The day on which everything the journey needs was seen. The papers themselves are not kept."),
    )
    visa_asked_on = DayField(lazy("Visa asked on"), [Optional()])
    visa_on = DayField(lazy("Visa there on"), [Optional()])

    def papers(self) -> Papers:
        """What was entered; only after validation."""
        return Papers(self.papers_on.data, self.visa_asked_on.data, self.visa_on.data)


class QuotationForm(KeyedForm):
    """What a ticket would cost."""

    fare = MoneyField(lazy("Fare"))
    until = DayField(lazy("Valid until"), [_NO_DAY])
    source = line(lazy("Given by"), 120, description=lazy("The travel agency or airline."))
    direct = MoneyField(
        lazy("Cheapest direct fare of that day"), description=lazy("Leave it empty where there is no direct flight.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.fare_minor = minor(self.fare) or 0
        self.direct_minor = minor(self.direct, needed=False)
        return bool(fine and not self.fare.errors and not self.direct.errors)

    def quotation(self) -> Quotation:
        """What was entered; only after validation."""
        until: Any = self.until.data
        return Quotation(self.fare_minor, until, self.source.data or "", self.direct_minor)


class TicketForm(KeyedForm):
    """The ticket that was bought."""

    number = line(lazy("Number of the ticket"), 40)
    agency = line(lazy("Issued by"), 120, description=lazy("The travel agency or airline."))
    issued_on = DayField(lazy("Issued on"), [_NO_DAY])
    route = line(lazy("Route"), 120, description=lazy("For example NBO–VIE–NBO."))
    out_on = DayField(lazy("Leaves on"), [_NO_DAY])
    back_on = DayField(lazy("Travels back on"), [_NO_DAY])
    fare = MoneyField(lazy("Fare"))

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.fare_minor = minor(self.fare, needed=False)
        return bool(fine and not self.fare.errors)

    def ticket(self) -> Ticket:
        """What was entered; only after validation."""
        days: Any = [self[name].data for name in ("issued_on", "out_on", "back_on")]
        issued_on, out_on, back_on = days
        number, agency, route = (self[name].data or "" for name in ("number", "agency", "route"))
        return Ticket(number, agency, issued_on, route, out_on, back_on, self.fare_minor)


class PayeeForm(KeyedForm):
    """How somebody is paid."""

    how = RadioField(
        lazy("How allowance and terminal expenses are paid"),
        [InputRequired(lazy("Choose how this person is paid."))],
        choices=[
            SelectChoice(TRANSFER, lazy("By transfer to the payee of the finance system")),
            SelectChoice(CASH, lazy("In cash on arrival, from an advance of the cashier")),
        ],
    )
    number = line(
        lazy("Payee number in the finance system"),
        40,
        optional=True,
        description=lazy("No bank account: that stays in the finance system."),
    )
    advance = line(lazy("Reference of the cashier's advance"), 80, optional=True)

    def payee(self) -> Payee:
        """What was entered; only after validation."""
        return Payee(self.number.data or "", self.how.data == CASH, self.advance.data or "")


class TravelledForm(KeyedForm):
    """That somebody travelled, and the days."""

    shown_by = RadioField(
        lazy("What shows the journey"),
        [InputRequired(lazy("Choose what shows the journey."))],
        choices=[SelectChoice(value, label) for value, label in SHOWN_LABELS.items()],
    )
    first_day = DayField(lazy("First day at the place of the session"), [_NO_DAY])
    last_day = DayField(lazy("Last day there"), [_NO_DAY])
    provided = SelectMultipleField(lazy("What others provided"), validate_choice=False)

    @property
    def days(self) -> list[date]:
        """The days on which something can be ticked: as they are typed."""
        return days_between(self.first_day.data, self.last_day.data)

    def spent(self) -> Spent:
        """What was entered; only after validation. Ticks for days that are not of the stay are left out."""
        first: Any = self.first_day.data
        last: Any = self.last_day.data
        return Spent(self.shown_by.data, first, last, read_ticks(self.provided.data, first, last))


class PaperForm(KeyedForm):
    """The button that makes a paper."""


class InvitationForm(KeyedForm):
    """In which language the letter is made."""

    language = RadioField(
        lazy("Language of the letter"),
        [InputRequired(lazy("Choose the language."))],
        choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in ("en", "fr")],
        default="en",
    )


class FiledForm(KeyedForm):
    """The authorisation as it was signed."""

    signed_on = DayField(lazy("Signed on"), [_NO_DAY])
    file = UploadField(
        lazy("The signed authorisation"),
        kinds=PHOTOGRAPHS,
        description=lazy("PDF, JPG, PNG or HEIC, 10 MB at most. A clear photograph is enough."),
    )


class PayListForm(KeyedForm):
    """For which day a pay list is made."""

    day = DayField(lazy("Day of the payment"), [_NO_DAY])


class HandedForm(KeyedForm):
    """Who signed for the cash, when, and the list that they signed."""

    day = DayField(lazy("Paid on"), [_NO_DAY])
    file = UploadField(
        lazy("The signed list"),
        kinds=PHOTOGRAPHS,
        description=lazy("PDF, JPG, PNG or HEIC, 10 MB at most. A clear photograph is enough."),
    )

    @staticmethod
    def seen() -> dict[uuid.UUID, int]:
        """The sum of each seat that stood on the page, in cents of the dollar; what is none is left out."""
        found = {}
        for text in request.form.getlist("sum"):
            seat, _colon, cents = text.partition(":")
            amount = read_cents(cents)
            if amount is not None:
                with suppress(ValueError):
                    found[uuid.UUID(seat)] = amount
        return found


class UndoForm(KeptForm):
    """Why a tick is taken back."""

    reason = reason(lazy("Reason"), lazy("It stays with the tick, for whoever reads the journey."))


class BookForm(KeyedForm):
    """Under which reference of the finance system the payments stand."""

    external_reference = line(lazy("Reference in the finance system"), 120)
