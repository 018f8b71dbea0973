"""What the office types about a session's support, and how it becomes terms."""

from collections.abc import Iterator
from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from tracker.costs import rule_sets
from tracker.costs.queries import all_rule_sets
from tracker.languages.choosing import current_language
from tracker.languages.marking import lazy
from tracker.participation.support import visa_lines
from tracker.participation.support.lifecycle import (
    CABIN_LABELS,
    MOST_DAYS,
    MOST_PASSPORT_MONTHS,
    PAID_LINES,
    RULE_KINDS,
    STEPS,
)
from tracker.participation.support.terms import Rule, Terms
from tracker.reference import queries as reference
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import AtMost, DayField, SureForm, WholeNumberField
from tracker.web.text_fields import line

_NEEDED = InputRequired(message=lazy("Fill this in."))
_OF_THE_SESSION = ("seats", "first_pass", "seats_per_state", "alternates_per_state")
_PLAIN = (*_OF_THE_SESSION, "rule_set", "cabin", "route", "visa_days", "passport_months", "phone_day", "phone_night")


class SupportForm(KeptForm, SureForm):
    """A session's support; for each step and each rule there are two fields more (see below the class)."""

    pays = SelectMultipleField(
        lazy("Paid for each seat"), choices=[SelectChoice(line, lazy(words)) for line, words in PAID_LINES.items()]
    )
    cabin = SelectField(
        lazy("Class"), choices=[SelectChoice(cabin.value, lazy(words)) for cabin, words in CABIN_LABELS.items()]
    )
    route = StringField(
        lazy("Route"),
        [Optional(), AtMost(200)],
        description=lazy("What delegates are told of the route, for example the most direct and cheapest one."),
    )
    rule_set = SelectField(lazy("Rules by which costs are counted"))
    seats = WholeNumberField(lazy("Funded seats"), [_NEEDED, NumberRange(0, 5000)])
    first_pass = WholeNumberField(lazy("Seats that each State gets first"), [_NEEDED, NumberRange(1, 50)])
    seats_per_state = WholeNumberField(lazy("Seats per State"), [_NEEDED, NumberRange(1, 50)])
    alternates_per_state = WholeNumberField(lazy("Alternates per State"), [_NEEDED, NumberRange(0, 50)])
    visa_days = WholeNumberField(lazy("Days that a visa takes"), [_NEEDED, NumberRange(0, MOST_DAYS)])
    visa_needs = TextAreaField(
        lazy("Where a visa takes longer or less"),
        [Optional(), AtMost(8000)],
        description=lazy("One a line: State, kind of passport, days. For example: Kenya, diplomatic passport, 10"),
    )

    passport_months = WholeNumberField(
        lazy("Months that a passport is valid after the journey"),
        [_NEEDED, NumberRange(0, MOST_PASSPORT_MONTHS)],
        description=lazy("What the host asks. The Schengen area asks for 3, many other States for 6."),
    )
    phone_day = line(
        lazy("Telephone in office hours"),
        40,
        optional=True,
        description=lazy("Delegates with a seat read it on their page, for example +43 1 0000 0101."),
    )
    phone_night = line(lazy("Telephone at night and at weekends"), 40, optional=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The newest of each code says where it is from; the office's own stand beside those that are delivered.
        known = {one.code: one for one in (*rule_sets.shipped(), *all_rule_sets())}
        self.rule_set.choices = [SelectChoice(code, f"{code}: {one.source}") for code, one in sorted(known.items())]

    @classmethod
    def showing(cls, terms: Terms, version: int | None = None) -> "SupportForm":
        """The form with these terms; what was sent stands before them."""
        form = cls(data=_said(terms))
        if version is not None and not form.is_submitted():
            form.version.data = str(version)
        return form

    def validate_visa_needs(self, field: Any) -> None:
        """Every line names a State, a kind of passport if need be, and days."""
        _needs, wrong = visa_lines.read(field.data or "", self._states())
        if wrong:
            raise ValidationError(" ".join(map(str, wrong)))

    def validate(self, extra_validators: Any = None) -> bool:
        """A rule has a place where it has a source, and two rules never the same."""
        valid = bool(super().validate(extra_validators))
        taken: dict[int, str] = {}
        for kind in RULE_KINDS:
            place = self[f"{kind}_place"]
            if place.data is None and (self[f"{kind}_source"].data or "").strip():
                place.errors = [*place.errors, lazy("Give the rule its place, or leave its source empty, too.")]
            elif place.data is not None and taken.setdefault(place.data, kind) != kind:
                place.errors = [*place.errors, lazy("Another rule has this place.")]
            valid = valid and not place.errors
        return valid

    @property
    def steps(self) -> Iterator[tuple[str, Any, Any]]:
        """Each step with its two fields."""
        return ((name, self[f"{name}_days"], self[f"{name}_on"]) for name in STEPS)

    @property
    def rules(self) -> Iterator[tuple[str, Any, Any]]:
        """Each kind of rule with its two fields."""
        return ((kind, self[f"{kind}_place"], self[f"{kind}_source"]) for kind in RULE_KINDS)

    def terms(self) -> Terms:
        """What was typed, as the services take it."""
        chosen = sorted((place.data, kind, source.data) for kind, place, source in self.rules if place.data is not None)
        return Terms(
            **{name: self[name].data for name in _PLAIN},
            pays=frozenset(self.pays.data or ()),
            days={name: days.data for name, days, _on in self.steps},
            fixed={name: on.data for name, _days, on in self.steps if on.data is not None},
            rules=tuple(Rule(kind, (source or "").strip()) for _place, kind, source in chosen),
            visa_needs=visa_lines.read(self.visa_needs.data or "", self._states())[0],
        )

    @staticmethod
    def _states() -> frozenset[str]:
        return frozenset(iso3 for iso3, _name in reference.state_choices(current_language()))


def _said(terms: Terms) -> dict[str, Any]:
    """The terms by the names of the fields."""
    placed = {rule.kind: (place, rule.source) for place, rule in enumerate(terms.rules, start=1)}
    return (
        {name: getattr(terms, name) for name in _PLAIN}
        | {"pays": sorted(terms.pays), "visa_needs": visa_lines.write(terms.visa_needs)}
        | {f"{name}_days": terms.days[name] for name in STEPS}
        | {f"{name}_on": terms.fixed.get(name) for name in STEPS}
        | {f"{kind}_place": place for kind, (place, _source) in placed.items()}
        | {f"{kind}_source": source for kind, (_place, source) in placed.items()}
    )


for _name in STEPS:
    _days = WholeNumberField(lazy("Days before the first day"), [_NEEDED, NumberRange(0, MOST_DAYS)])
    _on = DayField(lazy("Or on this day"), [Optional()])
    setattr(SupportForm, f"{_name}_days", _days)
    setattr(SupportForm, f"{_name}_on", _on)
for _kind in RULE_KINDS:
    _place = WholeNumberField(lazy("Place"), [Optional(), NumberRange(1, 20)])
    _source = StringField(lazy("Where the States agreed on it"), [Optional(), AtMost(300)])
    setattr(SupportForm, f"{_kind}_place", _place)
    setattr(SupportForm, f"{_kind}_source", _source)
