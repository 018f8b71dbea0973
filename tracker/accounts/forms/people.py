"""Forms for people: invitations, memberships, one's own profile."""

from typing import Any

from wtforms import BooleanField, PasswordField, SelectField, StringField
from wtforms.validators import InputRequired, Optional, ValidationError

from tracker.accounts.forms.choices import language_field, office_choices, roles_field, timezone_choices
from tracker.accounts.forms.leaving import LeavingForm
from tracker.accounts.forms.signing_in import new_password_field
from tracker.accounts.presenting import role_choices
from tracker.languages.marking import lazy as _l
from tracker.web.email_field import email_field
from tracker.web.forms import AtMost, KeyedForm
from tracker.web.typed_forms import TypedForm


def name_field(label: Any = None) -> StringField:
    """A person's whole name, in one piece: names have many shapes."""
    rules = [InputRequired(_l("Enter the name.")), AtMost(200)]
    return StringField(label or _l("Name"), rules, render_kw={"autocomplete": "name"})


class _Addressee:
    """To whom a place is offered. It stands above the place so that errors are listed in the order of the page."""

    name = name_field()
    email = email_field(
        _l("E-mail address"), description=_l("The letter with the link goes there. Nobody else can use it.")
    )
    language = language_field(_l("Language of the letter"))


class _PlaceForm(KeyedForm):
    """Where in the organisation, and with which roles."""

    title = StringField(_l("Function"), [Optional(), AtMost(200)], description=_l("For example: Legal adviser."))
    office = SelectField(_l("Office"), choices=[], validate_choice=True)
    deputy = BooleanField(_l("Deputy of the authority"))
    roles = roles_field(_l("Roles"))

    def offer(self, *, roles: Any, offices: Any) -> "_PlaceForm":
        """Set what can be chosen."""
        self.roles.choices = role_choices(roles)
        self.office.choices = office_choices(offices)
        return self

    def validate_roles(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_l("Choose at least one role."))


class InviteForm(_Addressee, _PlaceForm):
    """Invite an e-mail address to a membership."""


class MembershipForm(_PlaceForm, LeavingForm):
    """Change a membership."""


class AcceptForm(TypedForm):
    """Accept an invitation without having an account."""

    name = name_field(_l("Your name"))
    language = language_field(_l("Your language"), _l("Pages and letters come in this language."))
    timezone = SelectField(_l("Your time zone"), choices=timezone_choices, default="Europe/Vienna")
    password = new_password_field()

    def __init__(self, *args: Any, known: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = (*known, self.name.data or "")


class JoinForm(TypedForm):
    """Accept an invitation with the account that one has."""

    password = PasswordField(
        _l("Password of your account"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ProfileForm(KeyedForm):
    """One's own name, language and time zone."""

    name = name_field(_l("Your name"))
    language = language_field(_l("Your language"), _l("Pages and letters come in this language."))
    timezone = SelectField(_l("Your time zone"), choices=timezone_choices)
