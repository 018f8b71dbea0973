"""The shape of a delegation: one form with a row for each person. A passport is never asked here: its number and those
of bank accounts are asked only after selection."""

import uuid
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from tracker.costs.lines import LineKind
from tracker.database.seen import version_of
from tracker.languages.choosing import LANGUAGE_NAMES, current_language
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import ASKED_LINES, GENDER_LABELS, PAYER_LABELS, PAYERS_OF, Gender
from tracker.participation.models import Delegate
from tracker.participation.services import MOST_DELEGATES, Listed, Nomination
from tracker.participation.support.lifecycle import PAID_LINES
from tracker.reference.names import find_state, state_name
from tracker.typed.kept_form import KeptForm
from tracker.web.email_field import email_field
from tracker.web.forms import AtMost, DayField
from tracker.web.typed_forms import EntryForm
from tracker.web.whole_forms import is_key

_SAME_FOR_MOST = ("csrf_token", "person", "language", "gender", "nationality", "departure_airport")
"""What a row says by itself before anything is typed into it."""


class PersonForm(EntryForm):
    """One delegate or alternate. Only the family name is needed to save; the rest before authorisation is asked."""

    person = HiddenField()
    given_name = StringField(lazy("Given name"), [Optional(), AtMost(79)])
    family_name = StringField(lazy("Family name"), [AtMost(79)])
    function = StringField(lazy("Function"), [Optional(), AtMost(200)])
    office = StringField(lazy("Institution"), [Optional(), AtMost(200)])
    email = email_field(lazy("E-mail address"), needed=False)
    language = SelectField(
        lazy("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )
    gender = SelectField(
        lazy("Gender"),
        choices=[SelectChoice(gender.value, lazy(label)) for gender, label in GENDER_LABELS.items()],
        default=Gender.NOT_STATED.value,
    )
    nationality = StringField(lazy("Nationality"), [Optional(), AtMost(80)], render_kw={"list": "known-states"})
    departure_airport = StringField(
        lazy("Airport of departure"), [Optional(), AtMost(80)], render_kw={"list": "known-airports"}
    )
    arrives_on = DayField(lazy("Day of arrival"))
    leaves_on = DayField(lazy("Day of departure"))
    alternate = BooleanField(lazy("Alternate"))
    head = BooleanField(lazy("Head of delegation"))
    payer_other = StringField(lazy("Name of the other organisation"), [Optional(), AtMost(120)])

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into a row that was added."""
        typed = [one.data for one in self if one.short_name not in _SAME_FOR_MOST]
        return not self.person.data and not any(typed)

    def payers(self, lines: Sequence[LineKind]) -> list[Any]:
        """The questions who pays these lines."""
        return [self[f"payer_{line}"] for line in lines]

    def keep_what_is_not_asked(self, stood: dict[str, Any], formdata: Any) -> None:
        """Who pays a line that the session does not pay now stays with the person, wherever their row stands."""
        for field in self.payers(ASKED_LINES):
            if field.name not in formdata:
                field.data = stood.get(field.short_name, "")

    def validate_family_name(self, field: Any) -> None:
        """Somebody has a name."""
        if not (field.data or "").strip() and not self.is_empty:
            raise ValidationError(lazy("Enter the name."))

    def validate_nationality(self, field: Any) -> None:
        """A State by whatever name it is known."""
        if field.data and find_state(field.data, invented=True) is None:
            raise ValidationError(lazy("No State of this name is known."))

    def validate_leaves_on(self, field: Any) -> None:
        """Nobody leaves before arriving."""
        if field.data and self.arrives_on.data and field.data < self.arrives_on.data:
            raise ValidationError(lazy("This day is before the day of arrival."))

    def listed(self) -> Listed:
        """The row as the services take it."""
        values = {name: self[name].data for name in Nomination.__dataclass_fields__ if name in self}
        said = {name: value for name, value in values.items() if value not in (None, "")}
        nationality = find_state(self.nationality.data or "", invented=True)
        person = uuid.UUID(self.person.data) if is_key(self.person.data) else None
        return Listed(person, Nomination(**said, nationality_iso3=nationality))


class DelegationForm(KeptForm):
    """Everybody of a delegation, in the State's order of priority."""

    people = FieldList(
        FormField(PersonForm, label=lazy("Person")), lazy("Delegates"), min_entries=1, max_entries=MOST_DELEGATES
    )

    @classmethod
    def showing(cls, delegates: Sequence[Delegate], usual: dict[str, Any], formdata: Any) -> "DelegationForm":
        """The form with what stands there, or what was sent; a new row begins with what is `usual`."""
        rows = [_said(delegate) for delegate in delegates]
        form = cls(formdata=formdata, data={"people": rows or [usual]})
        if formdata is None:
            form.version.data = str(version_of(*delegates))
            return form
        by_person = {row["person"]: row for row in rows}
        for entry in form.people.entries:  # else a row that says nobody would be of whoever stood at its place
            entry.form.person.data = formdata.get(entry.form.person.name, "")
            entry.form.keep_what_is_not_asked(by_person.get(entry.form.person.data, {}), formdata)
        return form

    def add(self, usual: dict[str, Any]) -> None:
        """One row more, with what is usual."""
        if len(self.people.entries) < MOST_DELEGATES:
            self.people.append_entry(usual)

    @property
    def rows(self) -> list[Any]:
        """The rows into which something was typed."""
        return [entry for entry in self.people.entries if not entry.form.is_empty]

    def validate(self, extra_validators: Any = None) -> bool:
        """Every person alone, and one head at most."""
        valid = bool(super().validate(extra_validators))
        heads = [entry.form.head for entry in self.rows if entry.form.head.data]
        for head in heads[1:]:
            head.errors = [lazy("A delegation has one head.")]
        return valid and len(heads) < 2

    def add_errors(self, fields: dict[str, Any]) -> None:
        """Refusals at the field of the person whom they are about ("2.email": the third)."""
        for name, message in fields.items():
            place, dot, field = name.partition(".")
            if dot:
                found = self.rows[int(place)].form[field]
                found.errors = [*found.errors, message]
            else:
                super().add_errors({name: message})


def _said(delegate: Delegate) -> dict[str, Any]:
    values = {name: getattr(delegate, name) for name in Nomination.__dataclass_fields__ if name != "name"}
    nationality = state_name(delegate.nationality_iso3, current_language())
    payers = {f"payer_{line}": payer or "" for line, payer in delegate.payers.items()}
    return {**values, **payers, "person": str(delegate.public_id), "nationality": nationality}


def _payer_field(line: LineKind) -> SelectField:
    choices = [SelectChoice(payer, lazy(PAYER_LABELS[payer])) for payer in PAYERS_OF[line]]
    return SelectField(lazy(PAID_LINES[line]), [Optional()], choices=[SelectChoice("", lazy("not said yet")), *choices])


for _line in ASKED_LINES:
    setattr(PersonForm, f"payer_{_line}", _payer_field(_line))
