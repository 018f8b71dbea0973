"""How somebody wants to travel for private reasons, as the travel officer types it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tracker.languages.marking import lazy
from tracker.participation.deviations.lifecycle import PAYS_MORE_LABELS, Wish
from tracker.participation.travel.forms import minor
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import DayField, KeyedForm, MoneyField
from tracker.web.reason_field import reason
from tracker.web.text_fields import line

_NO_DAY = InputRequired(lazy("Enter the date."))


class DeviationForm(KeptForm):
    """The journey as it is wished; the official days that are private are ticked."""

    arrives_on = DayField(lazy("First day at the place of the session"), [_NO_DAY])
    leaves_on = DayField(
        lazy("Last day there"),
        [_NO_DAY],
        description=lazy("Days before and after the official ones are private: they carry no allowance."),
    )
    private = SelectMultipleField(lazy("Official days that are private too"), validate_choice=False)
    route = line(lazy("Another route"), 120, optional=True, description=lazy("Empty where it is the official one."))
    fare = MoneyField(
        lazy("What this ticket costs"),
        description=lazy("The pledge pays the cheapest official fare at most; the traveller pays the agency."),
    )
    borne_by = RadioField(
        lazy("Who bears what is above"),
        [Optional()],
        choices=[SelectChoice(value, label) for value, label in PAYS_MORE_LABELS.items()],
    )
    reason = reason(lazy("Reason"), lazy("The State reads it."))

    def offer(self, days: Iterable[date]) -> "DeviationForm":
        """Let the person tick which of the official days are private."""
        self.days = list(days)
        self.private.choices = [(day.isoformat(), day.isoformat()) for day in self.days]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        self.fare_minor = minor(self.fare, needed=False)
        return bool(fine and not self.fare.errors)

    def wish(self) -> Wish:
        """What was entered; only after validation. Ticks for days that were not offered are left out."""
        ticked = frozenset(day for day in self.days if day.isoformat() in (self.private.data or ()))
        first: Any = self.arrives_on.data
        last: Any = self.leaves_on.data
        said = (self.borne_by.data or "", self.reason.data or "")
        return Wish(first, last, ticked, self.route.data or "", self.fare_minor, *said)


class AsPlannedForm(KeyedForm):
    """The button that says that somebody travels as planned after all."""
