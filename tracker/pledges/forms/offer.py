"""The offer of a pledge, in steps. Every page carries the answers of the other steps along, so nothing is lost and
nothing half-done is stored."""

from collections.abc import Iterator
from typing import Any

from wtforms import FieldList, FormField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional

from tracker.calendar.now import today
from tracker.languages.marking import lazy
from tracker.pledges import queries
from tracker.pledges.forms.acts import minor
from tracker.pledges.forms.choices import Several
from tracker.pledges.forms.use import OFFERED, UseForm
from tracker.pledges.services import Part, Terms
from tracker.pledges.services.promises import problems_of
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import AtMost, DayField, MoneyField, SureForm
from tracker.web.typed_forms import EntryForm

STEPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "amount": (lazy("Amount"), ("title", "amount", "currency")),
    "use": (
        lazy("Use"),
        (*OFFERED, "until", "share_kind", "share", "women"),
    ),
    "instalments": (lazy("Instalments"), ("instalments",)),
    "conditions": (lazy("Conditions"), ("conditions",)),
    "review": (lazy("Review"), ()),
}
# Where the service's field errors are shown.
_SHOWN_AT = {"earmarks": "requests"}


class InstalmentForm(EntryForm):
    """One part of the pledge."""

    amount = MoneyField(lazy("Amount"), [Optional()])
    due_on = DayField(lazy("Due on"))


class OfferForm(UseForm, KeptForm, SureForm):
    """A pledge before it is offered; `step` says which part of it the person has before them."""

    step = HiddenField(default="amount")
    title = StringField(
        lazy("Title"),
        [DataRequired(lazy("Enter a title by which you will know this pledge.")), AtMost(200)],
        description=lazy(
            "What you will know this pledge by, for example “Participation of least developed countries”."
        ),
    )
    amount = MoneyField(lazy("Amount of the pledge"))
    currency = SelectField(lazy("Currency"))

    instalments = FieldList(FormField(InstalmentForm, label=lazy("Instalment")), lazy("Instalments"), min_entries=3)
    conditions = TextAreaField(
        lazy("Conditions"),
        [Optional(), AtMost(4000)],
        description=lazy("Reports you need, visibility, anything else the agreement should hold."),
    )

    def __init__(self, *args: Any, needs: list[Any] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        if self.step.data not in STEPS:
            self.step.data = "amount"
        self.currency.choices = [SelectChoice(value=c, label=c) for c in queries.currencies_on(today())]
        self.offer_uses(list(needs))

    @property
    def named_needs(self) -> list[Any]:
        """What the requests and sessions are called for which alone the money is."""
        named = (self["requests"], self["sessions"])
        return [choice.label for field in named for choice in field.choices if choice.value in (field.data or ())]

    @property
    def sentences_about_instalments(self) -> list[Any]:
        """What is wrong with the instalments together, without what is wrong with one of them."""
        return [words for words in self.instalments.errors if not isinstance(words, dict | list)]

    def propose_instalment(self) -> None:
        """One instalment of the whole, as long as nothing else was typed."""
        amounts = [entry.form.amount for entry in self.instalments.entries]
        if not any((amount.data or "").strip() for amount in amounts):
            amounts[0].data = self.amount.data

    def fields_of(self, step: str) -> list[Any]:
        """The fields that a step shows."""
        return [self[name] for name in STEPS[step][1]]

    def carried(self) -> Iterator[tuple[str, str]]:
        """Names and values of the answers that the present step does not show, for hidden inputs."""
        shown = STEPS[self.step.data][1]
        for _, names in STEPS.values():
            for name in names:
                if name not in shown:
                    yield from _raw(self[name])

    def step_is_right(self) -> bool:
        """Check the present step only; what is wrong elsewhere is said when its turn comes."""
        self.validate()
        terms = self._read()
        names = STEPS[self.step.data][1]
        for name, field in self._fields.items():
            if name not in names:
                _clear(field)
        self.form_errors.clear()
        if self.step.data in ("amount", "instalments", "use") and not _wrong(self.fields_of(self.step.data)):
            self._check_sum_when_due(terms)
        return not _wrong(self.fields_of(self.step.data))

    def _check_sum_when_due(self, terms: Terms | None) -> None:
        if terms is None:
            return
        names = STEPS[self.step.data][1]
        problems = problems_of(terms)
        self.add_errors({_SHOWN_AT.get(k, k): v for k, v in problems.items() if _SHOWN_AT.get(k, k) in names})

    def terms(self) -> Terms | None:
        """The whole offer; None, with the sentences at the fields and `step` at the first wrong one, when not right."""
        self.validate()
        terms = self._read()
        return None if self.to_first_error() else terms

    def to_first_error(self) -> bool:
        """Go to the first step with an error; False when there is none."""
        for step in STEPS:
            if _wrong(self.fields_of(step)):
                self.step.data = step
                return True
        return False

    def show(self, problems: dict[str, Any]) -> None:
        """Show a service's field errors and go to the step of the first."""
        self.add_errors({_SHOWN_AT.get(name, name): message for name, message in problems.items()})
        self.to_first_error()

    def _read(self) -> Terms | None:
        currency = self.currency.data or ""
        if self.currency.errors:
            return None
        amount = minor(self.amount, currency)
        parts = tuple(self._parts(currency))
        self.check_limit()
        if amount is None or _wrong([self.instalments, self.share_kind, self.share]):
            return None
        return Terms(
            title=(self.title.data or "").strip(),
            amount_minor=amount,
            currency=currency,
            instalments=parts,
            earmarks=tuple(self.rules()),
            conditions=(self.conditions.data or "").strip(),
        )

    def _parts(self, currency: str) -> Iterator[Part]:
        for entry in self.instalments.entries:
            inner = entry.form
            if not (inner.amount.data or "").strip() and not any(inner.due_on.parts):
                continue
            amount = minor(inner.amount, currency)
            if inner.due_on.data is None and not inner.due_on.errors:
                inner.due_on.errors = [lazy("Enter the date on which it is due.")]
            if amount is not None and inner.due_on.data is not None:
                yield Part(inner.due_on.data, amount)


def _wrong(fields: list[Any]) -> bool:
    return any(_has_errors(field) for field in fields)


def _has_errors(field: Any) -> bool:
    if field.type == "FieldList":
        own = any(not isinstance(words, list | dict) for words in field.errors)
        return own or any(_has_errors(entry) for entry in field.entries)
    if field.type == "FormField":
        return any(_has_errors(inner) for inner in field.form)
    return bool(field.errors)


def _clear(field: Any) -> None:
    for inner in getattr(field, "entries", ()) or getattr(getattr(field, "form", None), "_fields", {}).values():
        _clear(inner)
    if field.type != "FormField":
        field.errors = []


def _raw(field: Any) -> Iterator[tuple[str, str]]:
    """A field as it would be sent, so that a hidden input gives the same answer."""
    if field.type == "FieldList":
        for entry in field.entries:
            yield from _raw(entry)
    elif field.type == "FormField":
        for inner in field.form:
            yield from _raw(inner)
    elif field.type == "DayField":
        yield from zip((f"{field.name}-{part}" for part in ("day", "month", "year")), field.parts, strict=True)
    elif isinstance(field, Several):
        yield from ((field.name, value) for value in field.data or [])
    else:
        yield field.name, str(field._value() if hasattr(field, "_value") else field.data or "")
