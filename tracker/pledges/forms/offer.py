"""The offer of a pledge, in steps. Every page carries the answers of the other steps along, so nothing is lost and
nothing half-done is stored."""

from collections.abc import Iterator
from typing import Any

from wtforms import HiddenField

from tracker.languages.marking import lazy
from tracker.pledges.forms.choices import Several
from tracker.pledges.forms.promise import PromiseForm, wrong
from tracker.pledges.forms.use import OFFERED
from tracker.pledges.services import Terms
from tracker.pledges.services.promises import problems_of
from tracker.typed.kept_form import KeptForm

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


class OfferForm(PromiseForm, KeptForm):
    """A pledge before it is offered; `step` says which part of it the person has before them."""

    step = HiddenField(default="amount")

    def __init__(self, *args: Any, needs: list[Any] = (), **kwargs: Any) -> None:  # type: ignore[assignment]
        super().__init__(*args, **kwargs)
        if self.step.data not in STEPS:
            self.step.data = "amount"
        self.offer_currencies()
        self.offer_uses(list(needs))

    @property
    def named_needs(self) -> list[Any]:
        """What the requests and sessions are called for which alone the money is."""
        named = (self["requests"], self["sessions"])
        return [choice.label for field in named for choice in field.choices if choice.value in (field.data or ())]

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
        terms = self.read_terms()
        names = STEPS[self.step.data][1]
        for name, field in self._fields.items():
            if name not in names:
                _clear(field)
        self.form_errors.clear()
        if self.step.data in ("amount", "instalments", "use") and not wrong(self.fields_of(self.step.data)):
            self._check_sum_when_due(terms)
        return not wrong(self.fields_of(self.step.data))

    def _check_sum_when_due(self, terms: Terms | None) -> None:
        if terms is None:
            return
        names = STEPS[self.step.data][1]
        problems = problems_of(terms)
        self.add_errors({_SHOWN_AT.get(k, k): v for k, v in problems.items() if _SHOWN_AT.get(k, k) in names})

    def terms(self) -> Terms | None:
        """The whole offer; None, with the sentences at the fields and `step` at the first wrong one, when not right."""
        self.validate()
        terms = self.read_terms()
        return None if self.to_first_error() else terms

    def to_first_error(self) -> bool:
        """Go to the first step with an error; False when there is none."""
        for step in STEPS:
            if wrong(self.fields_of(step)):
                self.step.data = step
                return True
        return False

    def show(self, problems: dict[str, Any]) -> None:
        """Show a service's field errors and go to the step of the first."""
        self.add_errors({_SHOWN_AT.get(name, name): message for name, message in problems.items()})
        self.to_first_error()


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
