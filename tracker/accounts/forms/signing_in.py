"""Forms for signing in, asking for a new password, and choosing one."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired, ValidationError

from tracker.accounts import passwords
from tracker.accounts.lifecycle import PASSWORD_MINIMUM, read_email
from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost


class EmailAddress:
    """One address that a letter can be sent to; it must look like one, nothing is asked of the network."""

    def __call__(self, _form: Any, field: Any) -> None:
        try:
            field.data = read_email(field.data or "")
        except ValueError:
            raise ValidationError(_l("Enter one e-mail address, for example name@ministry.example.")) from None


def email_field(label: Any, *, description: Any = "", autocomplete: str = "off", strict: bool = True) -> EmailField:
    """A field for an e-mail address; not `strict` where a wrong one must get the same answer as an unknown one."""
    rules: list[Any] = [InputRequired(_l("Enter the e-mail address.")), AtMost(254)]
    return EmailField(
        label,
        [*rules, EmailAddress()] if strict else rules,
        description=description,
        render_kw={"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none", "dir": "ltr"},
    )


class SignInStep(FlaskForm):
    """What every step of signing in carries on: where the person was going, and the form that they were sending
    (see `web.kept_forms`)."""

    next = HiddenField()
    kept = HiddenField()


class SignInForm(SignInStep):
    """E-mail address and password."""

    email = email_field(
        _l("E-mail address"),
        description=_l("The address your Mission or office registered for you."),
        autocomplete="username",
        strict=False,
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ResetForm(FlaskForm):
    """Whose password was forgotten."""

    email = email_field(_l("E-mail address"), autocomplete="username")


class GoodPassword:
    """The rules of passwords.problem; the form says whose it is in `form.owner` (email, name)."""

    def __call__(self, form: Any, field: Any) -> None:
        email, name = getattr(form, "owner", ("", ""))
        problem = passwords.problem(field.data or "", email=email, name=name)
        if problem is not None:
            raise ValidationError(str(problem))


def new_password_field() -> PasswordField:
    """A field for a password that is being chosen."""
    return PasswordField(
        _l("New password"),
        [InputRequired(_l("Choose a password.")), GoodPassword()],
        description=_l(
            "At least %(count)d characters. Three or four words that only you would put together make a good one.",
            count=PASSWORD_MINIMUM,
        ),
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(FlaskForm):
    """A password chosen by its owner."""

    password = new_password_field()

    def __init__(self, *args: Any, owner: tuple[str, str] = ("", ""), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner


class ChangePasswordForm(NewPasswordForm):
    """The same by somebody who is signed in: the present one is asked first."""

    current = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
