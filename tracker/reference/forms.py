"""Forms for dates, rates and rules of the reference data."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from tracker.calendar.now import today
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.reference import queries
from tracker.reference.lifecycle import (
    AREA_KIND_NAMES,
    SESSION_MODE_NAMES,
    SESSION_STATUS_NAMES,
    SESSION_TYPE_NAMES,
)
from tracker.web.forms import DayField, KeyedForm, NumberField, SureForm, WholeNumberField

NEEDED = InputRequired(message=lazy("Fill this in."))
_CODE = Regexp(r"^[A-Z0-9][A-Z0-9.-]*$", message=lazy("Use capital letters, figures, dots and hyphens."))


_UNKNOWN = SelectChoice("", "–")


def _labels(names: dict[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(key, lazy(label)) for key, label in names.items() if key]


def _or_unknown(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [_UNKNOWN, *(SelectChoice(value, label) for value, label in pairs)]


class EndForm(KeyedForm):
    """Nothing to fill in: the button that ends a row, and its key."""


class SessionForm(SureForm):
    """A session's dates, place, seats and closing date; everything but title and kind may be unknown."""

    title_en = StringField(lazy("Title in English"), [NEEDED, Length(max=200)])
    title_fr = StringField(lazy("Title in French"), [NEEDED, Length(max=200)])
    type = SelectField(lazy("Kind"), choices=_labels(SESSION_TYPE_NAMES))
    status = SelectField(lazy("Status"), choices=_labels(SESSION_STATUS_NAMES))
    starts_on = DayField(lazy("First day"), [Optional()])
    ends_on = DayField(lazy("Last day"), [Optional()])
    city = StringField(lazy("City in English"), [Optional(), Length(max=80)])
    city_fr = StringField(lazy("City in French"), [Optional(), Length(max=80)])
    country_iso3 = SelectField(lazy("Country"), [Optional()])
    airport_iata = SelectField(lazy("Airport"), [Optional()])
    venue = StringField(lazy("Venue"), [Optional(), Length(max=200)])
    mode = SelectField(lazy("Held how"), [Optional()], choices=[_UNKNOWN, *_labels(SESSION_MODE_NAMES)])
    closing_on = DayField(
        lazy("Last day to nominate"),
        [Optional()],
        description=lazy("Until the end of this day in Vienna. Nobody can ask for support without it."),
    )
    visa_safe_on = DayField(
        lazy("Last safe day for a visa"),
        [Optional()],
        description=lazy("Who is selected later may not receive a visa in time."),
    )
    seats_funded = WholeNumberField(lazy("Funded seats"), [NEEDED, NumberRange(0, 5000)], default=0)
    seats_per_state = WholeNumberField(lazy("Seats per State"), [NEEDED, NumberRange(0, 50)], default=1)
    alternates_per_state = WholeNumberField(lazy("Alternates per State"), [NEEDED, NumberRange(0, 50)], default=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country_iso3.choices = _or_unknown(queries.state_choices(current_language()))
        self.airport_iata.choices = _or_unknown(queries.airport_choices())

    def values(self) -> dict[str, Any]:
        """The fields as the service takes them: what was left empty and may be unknown is None."""
        unknown = ("country_iso3", "airport_iata", "mode")
        texts = ("city", "city_fr", "venue")
        values = {
            name: value for name, value in self.data.items() if name not in ("key", "version", "csrf_token", "sure")
        }
        return values | {name: values[name] or None for name in unknown} | {name: values[name] or "" for name in texts}


class NewSessionForm(SessionForm):
    """A session that is not in the list yet."""

    code = StringField(
        lazy("Code"), [NEEDED, Length(max=20), _CODE], description=lazy("Stays for ever, for example AHC-P3.")
    )


class AreaForm(KeyedForm):
    """A new area of assistance."""

    code = StringField(lazy("Code"), [NEEDED, Length(max=20), _CODE], description=lazy("For example TA.STA."))
    parent = SelectField(lazy("Under"), [Optional()])
    kind = SelectField(lazy("Kind"), choices=_labels(AREA_KIND_NAMES), default="assistance")
    name_en = StringField(lazy("Name in English"), [NEEDED, Length(max=160)])
    name_fr = StringField(lazy("Name in French"), [NEEDED, Length(max=160)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = queries.area_choices(current_language(), "group")
        self.parent.choices = _or_unknown((code, f"{code} {name}") for code, name in groups)


class HolidayForm(KeyedForm):
    """A day on which the clocks do not count."""

    day = DayField(lazy("Day"), [NEEDED])
    name_en = StringField(lazy("Name in English"), [NEEDED, Length(max=120)])
    name_fr = StringField(lazy("Name in French"), [NEEDED, Length(max=120)])


class ClockForm(SureForm):
    """Another number of days for a clock."""

    working_days = WholeNumberField(lazy("Number of days"), [NEEDED, NumberRange(0, 400)])
    valid_from = DayField(lazy("From which day on"), [NEEDED], default=today)


class SettingForm(KeyedForm):
    """Another value for a dated setting."""

    value = NumberField(lazy("Value"), [NEEDED])
    valid_from = DayField(lazy("From which day on"), [NEEDED], default=today)


class RateForm(SureForm):
    """A rate of exchange from a day on."""

    currency = StringField(
        lazy("Currency"), [NEEDED, Length(min=3, max=3)], filters=[lambda text: (text or "").strip().upper()]
    )
    units_per_usd = NumberField(lazy("Units for one US dollar"), [NEEDED])
    valid_from = DayField(lazy("From which day on"), [NEEDED], default=today)
    source = StringField(lazy("Source"), [NEEDED, Length(max=160)])


class RatesFileForm(SureForm):
    """A CSV with many rates. What it would move is confirmed with the same file, which a browser asks for again."""

    once_more = lazy("Nothing is saved yet. Choose the same file again and import it to save it as it stands.")

    file = FileField(
        lazy("CSV file"),
        [FileRequired(message=lazy("Choose a file."))],
        description=lazy("Columns: currency, units_per_usd, date (2026-11-23), source. UTF-8."),
    )

    def _typed(self) -> str:
        stream = self.file.data.stream
        stream.seek(0)
        return super()._typed() + sha256(stream.read()).hexdigest()
