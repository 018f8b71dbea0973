"""What every form has: an idempotency key, the version of what is edited, and fields people can use."""

import uuid
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from flask import g, request
from wtforms import DecimalField, Field, HiddenField, IntegerField, StringField, ValidationError
from wtforms.utils import unset_value
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from tracker import money
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.web.typed_forms import TypedForm
from tracker.web.whole_forms import is_key

UNSEEN = -1
"""The version of a form that names none that could be read: no row has it, so the act is refused as out of date."""


_OF_THE_FORM = ("csrf_token", "key", "version")


class VersionField(HiddenField):
    """The version of what is edited. A page that is opened takes the one that stands there; of a form that is sent
    only what it says itself counts: a missing version does not turn into the present one."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = valuelist[0] if valuelist else ""


class KeyedForm(TypedForm):
    """A form whose sending is one act: `key` stays the same when the page is shown again with its errors."""

    key = HiddenField()
    version = VersionField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_key(self.key.data):
            self.key.data = str(uuid.uuid4())
        # An error page that gives back what was typed calls each answer by its label.
        g.form_labels = {field.name: field.label.text for field in self}

    def put_back(self) -> None:
        """Fill the form that is opened with what was typed into it before; kept forms do (`typed.kept_form`)."""

    @property
    def version_number(self) -> int:
        """The version that the person saw when the form was opened, or UNSEEN when the form does not say."""
        return read_version(self.version.data)

    @property
    def key_of_answers(self) -> str:
        """The key of an act after which the page stays open, because the answer is a file: the same answers sent again
        are the same act, others are another one."""
        answers = [str((field.short_name, field.data)) for field in self if field.name not in _OF_THE_FORM]
        return str(uuid.uuid5(uuid.UUID(self.key.data), "\n".join(answers)))

    def add_errors(self, fields: dict[str, Any]) -> None:
        """Show a service's field errors (`Invalid.fields`) at their fields; unknown fields go to the form."""
        for name, message in fields.items():
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(message)
            else:
                field.errors = [*field.errors, *(message if isinstance(message, list) else [message])]


class SureForm(KeyedForm):
    """A form of which some answers are doubted (`Doubtful`): pressed a second time with the same text, it is saved."""

    sure = HiddenField()
    once_more = lazy("Nothing is saved yet. Press once more to save it as it stands.")

    @property
    def is_sure(self) -> bool:
        """Whether the person has read the doubts about exactly this text."""
        return bool(self.sure.data) and self.sure.data == self._typed()

    def doubt(self, fields: dict[str, Any]) -> None:
        """Show the doubts at their fields, and remember of which text they were."""
        self.add_errors(fields)
        self.form_errors.append(self.once_more)
        self.sure.data = self._typed()

    def _typed(self) -> str:
        """What was typed, made short; a form with a file adds what the file holds."""
        aside = ("key", "version", "csrf_token", "sure")
        text = sorted((name, value) for name, value in request.form.items(multi=True) if name not in aside)
        return sha256(repr(text).encode()).hexdigest()


def read_cents(text: str | None) -> int | None:
    """An amount in minor units that a page sends back as it showed it; None for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 16 else None


def read_version(text: Any) -> int:
    """A version as a form carries it, or UNSEEN."""
    plain = str(text or "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else UNSEEN


class DayField(Field):
    """A calendar day as three inputs NAME-day, NAME-month, NAME-year; `data` is a date or None.

    What was typed is kept in `parts`, also when it is no date. A day that is `sealed` once it is kept is given back by
    its own form and by no other page (`secret_fields`).
    """

    def __init__(self, *args: Any, sealed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sealed = sealed
        self.parts = ("", "", "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.process_errors: list[Any] = []
        default = self.default() if callable(self.default) else self.default
        self.data = self.object_data = default if data is unset_value else data
        if isinstance(self.data, date):
            self.parts = (str(self.data.day), str(self.data.month), str(self.data.year))
        names = [f"{self.name}-{part}" for part in ("day", "month", "year")]
        if formdata is not None and any(name in formdata for name in names):
            self.parts = tuple(formdata.get(name, "").strip() for name in names)
            self.raw_data = ["".join(self.parts)]
            self.data = self._read()
        else:
            self.raw_data = []

    def _read(self) -> date | None:
        if not any(self.parts):
            return None
        try:
            day, month, year = (int(part) for part in self.parts)
            if not 1900 <= year <= 2200:
                raise ValueError
            return date(year, month, day)
        except (ValueError, OverflowError):
            self.process_errors.append(lazy("Enter a real date, for example 27 3 2027."))
            return None

    def _value(self) -> str:
        return self.data.isoformat() if isinstance(self.data, date) else ""


class MoneyField(StringField):
    """An amount as the person writes numbers at home; `data` is the text, `minor(currency)` the amount.

    The currency is known only when the whole form is read, so parsing waits until then.
    """

    def minor(self, currency: str) -> int | None:
        """The amount in minor units of `currency`, None when empty. Raises StopValidation with a sentence."""
        text = (self.data or "").strip()
        if not text:
            return None
        try:
            return money.parse_amount(text, currency, current_language())
        except money.AmountError as reason:
            raise StopValidation(lazy(reason.message, **reason.params)) from reason


class _WrittenNumber(Field):
    """A number as people write it at home; what was typed stays in the input."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            self.data = self.read(valuelist[0])

    def pre_validate(self, form: Any) -> None:
        """What is no number needs no second sentence about its range."""
        if self.process_errors:
            raise StopValidation

    def read(self, text: str) -> Any:
        """The number in the text. Raises ValueError with a sentence."""
        raise NotImplementedError


class NumberField(_WrittenNumber, DecimalField):
    """A rate or a per cent; `data` is a Decimal or None."""

    def read(self, text: str) -> Decimal:
        try:
            return money.parse_number(text, 10, current_language())
        except money.AmountError as reason:
            raise ValueError(lazy(reason.message, **reason.params)) from reason


class WholeNumberField(_WrittenNumber, IntegerField):
    """A count; `data` is an int or None."""

    def read(self, text: str) -> int:
        try:
            return int(money.parse_number(text, 0, current_language()))
        except money.AmountError as reason:
            raise ValueError(lazy("Enter a whole number, for example 12.")) from reason


def is_a_share(_form: Any, field: Any) -> None:
    """A whole number of per cent that leaves something over."""
    if field.data is not None and not 1 <= field.data <= 99:
        raise ValidationError(lazy("Enter a whole number from 1 to 99."))


class AtMost:
    """A limit on characters with a message that says how many there are (WTForms counts silently)."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(
                lazy(
                    "Use at most %(limit)d characters; there are %(length)d now.",
                    limit=self.limit,
                    length=length,
                )
            )
