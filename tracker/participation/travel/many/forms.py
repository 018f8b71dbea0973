"""What is typed for many journeys at once: what is the same for all of them once, the rest in a row for each."""

import uuid
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import lazy
from tracker.participation.travel.forms import minor
from tracker.participation.travel.lifecycle import SHOWN_LABELS
from tracker.participation.travel.many.services import MOST_AT_ONCE, Row
from tracker.participation.travel.services import Quotation, Ticket
from tracker.web.forms import DayField, KeyedForm, MoneyField, read_version
from tracker.web.text_fields import line
from tracker.web.typed_forms import EntryForm
from tracker.web.whole_forms import is_key

_NO_DAY = InputRequired(lazy("Enter the date."))
NOTHING = lazy("Nothing was recorded: mend the rows that are marked, or leave them out.")
_AGENCY = lazy("The travel agency or airline.")


class SeatRow(EntryForm):
    """One journey: which, as it was seen, and whether it is recorded with the others."""

    seat = HiddenField()
    seen = HiddenField()
    take = BooleanField(lazy("Record this journey"), default=True)

    def amounts(self) -> dict[str, int | None]:
        """Amounts of the row that are needed or may be empty, read; their faults stand at the fields."""
        return {}


class QuotationRow(SeatRow):
    """What the ticket of one person would cost."""

    fare = MoneyField(lazy("Fare"))
    direct = MoneyField(lazy("Cheapest direct fare of that day"))

    def amounts(self) -> dict[str, int | None]:
        return {"fare": minor(self.fare), "direct": minor(self.direct, needed=False)}


class TicketRow(SeatRow):
    """The ticket of one person."""

    number = line(lazy("Number of the ticket"), 40, optional=True)
    route = line(lazy("Route"), 120, optional=True)
    out_on = DayField(lazy("Leaves on"), [Optional()])
    back_on = DayField(lazy("Travels back on"), [Optional()])
    fare = MoneyField(lazy("Fare"))

    def amounts(self) -> dict[str, int | None]:
        for field in (self.out_on, self.back_on):
            if field.data is None and not field.errors:
                field.errors = [lazy("Enter the date.")]
        return {"fare": minor(self.fare, needed=False)}


class ManyForm(KeyedForm):
    """A form with a row for each journey."""

    @property
    def chosen(self) -> list[tuple[int, Any]]:
        """The rows that are ticked, with their places."""
        return [(place, entry.form) for place, entry in enumerate(self["seats"].entries) if entry.form.take.data]

    def rows(self) -> list[Row]:
        """The ticked rows as the services take them; a seat that is none is found nowhere."""
        return [Row(place, _seat(row.seat.data), read_version(row.seen.data)) for place, row in self.chosen]

    def validate(self, extra_validators: Any = None) -> bool:
        """Rows that are not ticked may hold anything."""
        rows = self["seats"]
        fine = bool(super().validate(extra_validators))
        self.amounts = [row.amounts() for _place, row in self.chosen]
        faults = any(field.errors for _place, row in self.chosen for field in row)
        if faults:
            self.form_errors.append(NOTHING)
        others = any(field.errors for field in self if field is not rows)
        return not faults and not others and not (self.form_errors and not fine)

    def add_errors(self, fields: dict[str, Any]) -> None:
        """Refusals at the row that they are about ("2.fare": the third), or at its tick."""
        for name, message in fields.items():
            place, dot, inner = name.partition(".")
            if dot:
                row = self["seats"].entries[int(place)].form
                field = next((one for one in row if one.short_name == inner), row.take)
                field.errors = [*field.errors, message]
            else:
                super().add_errors({name: message})
        if any("." in name for name in fields):
            self.form_errors.append(NOTHING)


def _seat(text: str | None) -> uuid.UUID:
    return uuid.UUID(text) if is_key(text) else uuid.UUID(int=0)


def _rows_of(kind: type[SeatRow]) -> FieldList:
    return FieldList(FormField(kind, label=lazy("Journey")), lazy("Journeys"), max_entries=MOST_AT_ONCE)


class QuotationsForm(ManyForm):
    """Quotations that one agency gave until one day."""

    until = DayField(lazy("Valid until"), [_NO_DAY])
    source = line(lazy("Given by"), 120, description=_AGENCY)
    seats = _rows_of(QuotationRow)

    def said(self) -> Iterable[Quotation]:
        """What was entered, row by row; only after validation."""
        until: Any = self.until.data
        for amounts in self.amounts:
            yield Quotation(amounts["fare"] or 0, until, self.source.data or "", amounts["direct"])


class TicketsForm(ManyForm):
    """Tickets that one agency issued on one day."""

    agency = line(lazy("Issued by"), 120, description=_AGENCY)
    issued_on = DayField(lazy("Issued on"), [_NO_DAY])
    seats = _rows_of(TicketRow)

    def said(self) -> Iterable[Ticket]:
        """What was entered, row by row; only after validation."""
        issued: Any = self.issued_on.data
        for (_place, row), amounts in zip(self.chosen, self.amounts, strict=True):
            words = (row.number.data or "", self.agency.data or "")
            days = (row.out_on.data, row.back_on.data)
            yield Ticket(*words, issued, row.route.data or "", *days, amounts["fare"])


class AsPlannedForm(ManyForm):
    """That people travelled as planned."""

    shown_by = RadioField(
        lazy("What shows the journey"),
        [InputRequired(lazy("Choose what shows the journey."))],
        choices=[SelectChoice(value, label) for value, label in SHOWN_LABELS.items()],
    )
    seats = _rows_of(SeatRow)


class InvitationsForm(ManyForm):
    """In which language the letters are made."""

    language = RadioField(
        lazy("Language of the letters"),
        [InputRequired(lazy("Choose the language."))],
        choices=[SelectChoice(code, LANGUAGE_NAMES[code]) for code in ("en", "fr")],
        default="en",
    )
    seats = _rows_of(SeatRow)
