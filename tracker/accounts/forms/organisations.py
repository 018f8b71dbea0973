"""Forms for organisations, offices, and the request for a State's first account."""

from typing import Any

from wtforms import BooleanField, FormField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from tracker.accounts.forms.choices import (
    OFFICE_KIND_CHOICES,
    STATE_OFFICE_KINDS,
    language_field,
    roles_field,
    state_choices,
)
from tracker.accounts.forms.people import name_field
from tracker.accounts.presenting import role_choices
from tracker.accounts.roles import ROLES_OF_KIND
from tracker.accounts.services import NamedPerson, NoteVerbale
from tracker.files.fields import UploadField
from tracker.languages.addresses import normal_email
from tracker.languages.marking import lazy as _l
from tracker.web.email_field import EmailAddress, email_field
from tracker.web.forms import AtMost, DayField, KeyedForm
from tracker.web.typed_forms import EntryForm


class StateForm(KeyedForm):
    """A State that gets its organisation."""

    state = SelectField(_l("State"), [InputRequired(_l("Choose a State."))], choices=[])
    official_email = email_field(
        _l("Official address"), description=_l("Decisions and seat offers always go there as well.")
    )
    official_language = language_field(_l("Language of official letters"))


class NewOrganisationForm(KeyedForm):
    """A donor, or a part of the office."""

    kind = SelectField(
        _l("Kind"), choices=[SelectChoice("donor", _l("Donor")), SelectChoice("office", _l("Office (UNODC)"))]
    )
    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Enter a code.")),
            Regexp("^[A-Z0-9]{2,8}$", message=_l("Use 2 to 8 capital letters or digits.")),
        ],
        description=_l("Stands in the references of its pledges, for example PL-2026-NORAD-001."),
        filters=[lambda text: text.strip().upper() if text else text],
        render_kw={"spellcheck": "false", "dir": "ltr"},
    )
    name = StringField(_l("Name"), [InputRequired(_l("Enter the name.")), AtMost(200)])
    official_email = email_field(
        _l("Official address"), description=_l("Decisions and seat offers always go there as well.")
    )
    official_language = language_field(_l("Language of official letters"))


class OrganisationForm(KeyedForm):
    """An organisation that is there."""

    name = StringField(_l("Name"), [Optional(), AtMost(200)])
    official_email = email_field(
        _l("Official address"), description=_l("Decisions and seat offers always go there as well."), needed=False
    )
    official_language = language_field(_l("Language of official letters"))
    active = BooleanField(
        _l("Organisation is active"), description=_l("Closing ends every session of its people; nothing is deleted.")
    )


class MergeForm(KeyedForm):
    """The organisation under which another is known from now on."""

    into = StringField(
        _l("Code of the other organisation"),
        [InputRequired(_l("Enter a code.")), AtMost(8)],
        description=_l("The State or donor under which everything is shown from then on, for example NOR."),
        filters=[lambda text: text.strip().upper() if text else text],
        render_kw={"spellcheck": "false", "dir": "ltr"},
    )


class OfficeForm(KeyedForm):
    """An office of an organisation."""

    name = StringField(_l("Name of the office"), [InputRequired(_l("Enter the name.")), AtMost(200)])
    kind = SelectField(_l("Kind"), choices=OFFICE_KIND_CHOICES)
    is_authority = BooleanField(
        _l("An authority of the State"),
        description=_l("Its officers release requests in the State's name, with a note verbale."),
    )


class _PersonForm(EntryForm):
    """The first person whom the note verbale names."""

    name = name_field()
    title = StringField(_l("Function"), [InputRequired(_l("Enter the function.")), AtMost(200)])
    email = email_field(_l("E-mail address"))
    language = language_field(_l("Language"))

    def named(self) -> NamedPerson | None:
        """The person, or None when nothing was written."""
        if not (self.name.data or "").strip() and not (self.email.data or "").strip():
            return None
        return NamedPerson(self.name.data, self.title.data or "", self.email.data, self.language.data)


class _FurtherPersonForm(_PersonForm):
    """One more person: everything, or nothing."""

    name = StringField(_l("Name"), [AtMost(200)])
    title = StringField(_l("Function"), [AtMost(200)])
    email = StringField(_l("E-mail address"), [AtMost(254)])

    def validate_name(self, field: Any) -> None:
        written = (self.email.data or "").strip() or (self.title.data or "").strip()
        if written and not (field.data or "").strip():
            raise ValidationError(_l("Enter the name."))

    def validate_email(self, field: Any) -> None:
        if (self.name.data or "").strip() or (field.data or "").strip():
            EmailAddress()(self, field)


class AskForm(KeyedForm):
    """A mission asks for its State's first account."""

    state = SelectField(_l("State"), [InputRequired(_l("Choose a State."))], choices=[])
    office_name = StringField(
        _l("Mission or ministry"),
        [InputRequired(_l("Enter the name of the mission or ministry.")), AtMost(200)],
        description=_l("For example: Permanent Mission in Vienna."),
    )
    office_kind = SelectField(_l("Kind"), choices=STATE_OFFICE_KINDS, default="mission")
    official_email = email_field(
        _l("Official address of the State"),
        description=_l("Decisions and seat offers always go there as well."),
    )
    first = FormField(_PersonForm, _l("First person"))
    second = FormField(_FurtherPersonForm, _l("Second person (optional)"))
    third = FormField(_FurtherPersonForm, _l("Third person (optional)"))
    note_reference = StringField(
        _l("Reference of the note verbale"),
        [InputRequired(_l("Enter the reference of the note verbale.")), AtMost(100)],
    )
    note_date = DayField(_l("Date of the note verbale"), [InputRequired(_l("Enter the date of the note verbale."))])
    note_file = UploadField(
        _l("The note verbale"),
        [Optional()],
        description=_l("A scan as PDF or picture, at most 10 MB. It can also follow on paper."),
    )

    def offer(self, codes: list[str]) -> "AskForm":
        """Set the States."""
        self.state.choices = state_choices(codes)
        return self

    @property
    def names_others(self) -> bool:
        """A second or third person was begun, so their part of the form is shown open."""
        return any(part.form.name.data or part.errors for part in (self.second, self.third))

    def people(self) -> list[NamedPerson]:
        """Everybody who was named, in order."""
        named = [part.form.named() for part in (self.first, self.second, self.third)]
        return [person for person in named if person is not None]

    def note(self) -> NoteVerbale:
        """The note verbale, with its file if one came."""
        return NoteVerbale(self.note_reference.data, self.note_date.data, self.note_file.data or None)

    def validate(self, extra_validators: Any = None) -> bool:
        """Besides each field: two people cannot share an address."""
        valid = super().validate(extra_validators)
        seen: set[str] = set()
        for part in (self.first, self.second, self.third):
            email = normal_email(part.form.email.data or "")
            if email and email in seen:
                part.form.email.errors = [*part.form.email.errors, _l("Give each person an address of their own.")]
                valid = False
            seen.add(email)
        return valid


class ApproveForm(KeyedForm):
    """Who gets which role when the note verbale is in order."""

    first = roles_field(_l("Roles of the first person"))
    second = roles_field(_l("Roles of the second person"))
    third = roles_field(_l("Roles of the third person"))

    def offer(self, names: list[str]) -> "ApproveForm":
        """One choice for each person, under their name; the first starts with what a first account needs."""
        fields = [self.first, self.second, self.third]
        for field, name in zip(fields, names, strict=False):
            field.label.text = name
            field.choices = role_choices(ROLES_OF_KIND["state"])
        for field in fields[len(names) :]:
            del self[field.short_name]
        if not self.is_submitted():
            self.first.data = ["state_administrator", "authorising_officer"]
        return self

    def chosen(self) -> list[list[str]]:
        """The roles of each person, in order."""
        return [self[name].data or [] for name in ("first", "second", "third") if name in self]


class RefuseForm(KeyedForm):
    """The reason for refusing a request for a first account."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Give the reason.")), AtMost(2000)],
        description=_l("The first person named reads it, so say what would mend it."),
    )
