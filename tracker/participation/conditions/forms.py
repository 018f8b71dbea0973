"""What is typed about conditions: the manager's texts, the delegate's two boxes, and what came on paper."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import InputRequired

from tracker.languages.choosing import LANGUAGE_NAMES, LANGUAGES
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.participation.conditions.queries import Conditions, Text
from tracker.participation.conditions.services import Read, Wording
from tracker.participation.papers import contents
from tracker.participation.papers.contents import HandedBy
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import DayField, KeyedForm, read_version
from tracker.web.text_fields import line, paragraphs

_NO_DAY = InputRequired(lazy("Enter the date."))
_MOST = 8_000


def _accepts() -> BooleanField:
    return BooleanField(
        lazy("I accept these conditions"), [InputRequired(message=lazy("Tick this box to accept the conditions."))]
    )


class WordingForm(KeptForm):
    """A version: one condition a line, in English and in what other languages there are (fields below the class)."""

    holds_from = DayField(lazy("Holds from"), [_NO_DAY])

    @property
    def texts(self) -> list[Any]:
        """The fields of the texts, English first."""
        return [self[f"text_{code}"] for code in _in_order()]

    def wording(self) -> Wording:
        """What was written; only after validation."""
        texts = {code: self[f"text_{code}"].data or "" for code in LANGUAGES}
        return Wording(self.holds_from.data, texts)


def _in_order() -> list[str]:
    return ["en", "fr", *(code for code in LANGUAGES if code not in ("en", "fr"))]


for _code in LANGUAGES:
    setattr(WordingForm, f"text_{_code}", paragraphs(LANGUAGE_NAMES[_code], _MOST, optional=_code != "en"))


class AcceptanceForm(KeyedForm):
    """The delegate's own: two boxes, and which text was read."""

    accepts_conditions = _accepts()
    alone_pays = BooleanField(
        lazy("Nobody else pays the same costs for me"),
        [InputRequired(message=lazy("Tick this box, or call the travel officer first: somebody else pays too."))],
    )
    text = HiddenField()
    text_hash = HiddenField()

    def showing(self, text: Text) -> "AcceptanceForm":
        """The form below a text."""
        self.text.data, self.text_hash.data = str(text.id), text.hash
        return self

    def untick(self) -> None:
        """Another text stands above the boxes than the one for which they were ticked."""
        self.accepts_conditions.data = self.alone_pays.data = False

    @property
    def read(self) -> Read:
        """Which text was read."""
        return Read(read_version(self.text.data), self.text_hash.data or "")

    @property
    def both(self) -> bool:
        """Whether both boxes are ticked."""
        return bool(self.accepts_conditions.data and self.alone_pays.data)


class OfficeAcceptanceForm(KeyedForm):
    """The same, as it came on paper."""

    text = RadioField(
        lazy("Text that was signed"), [InputRequired(lazy("Choose the text that was signed."))], validate_choice=False
    )
    says_both = BooleanField(
        lazy("The person signed both: the conditions, and that nobody else pays the same costs"),
        [InputRequired(message=lazy("Tick this box: both have to be signed."))],
    )
    source = line(lazy("What it was, and from whom"), 200)
    received_on = DayField(lazy("It came on"), [_NO_DAY])

    def offer(self, versions: Sequence[Conditions]) -> "OfficeAcceptanceForm":
        """Let the officer choose of the texts that hold or held."""
        self.text.choices = [
            (str(text.id), f"{format_day(one.holds_from)}, {LANGUAGE_NAMES[text.language]}")
            for one in versions
            for text in one.texts.values()
        ]
        return self

    @property
    def read(self) -> Read:
        """Which text was signed."""
        return Read(read_version(self.text.data), "")

    def by(self) -> HandedBy:
        """Who enters it; only after validation."""
        return contents.officer(self.source.data or "", self.received_on.data)
