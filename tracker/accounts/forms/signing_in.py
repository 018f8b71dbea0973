"""Forms for signing in, asking for a new password, and choosing one."""

from typing import Any

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, ValidationError

from tracker.accounts import passwords
from tracker.accounts.lifecycle import PASSWORD_MINIMUM
from tracker.languages.marking import lazy as _l
from tracker.search.folding import flatten
from tracker.web.email_field import email_field
from tracker.web.kept_forms import unpack
from tracker.web.secret_fields import CodeField
from tracker.web.typed_forms import TypedForm


class SignInStep(TypedForm):
    """What every step of signing in carries on: where the person was going, and the form that they were sending
    (see `web.kept_forms`)."""

    next = HiddenField()
    kept = HiddenField(filters=[lambda text: text if unpack(text) else ""])  # nothing else is carried on, or shown


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


def _in_digits(text: str | None) -> str:
    """A code however it is written: with spaces, in the digits of the person's keyboard."""
    return flatten(text or "").replace(" ", "")


class CodeForm(SignInStep):
    """The code from the letter."""

    sent_code = CodeField(
        _l("Code from the letter"),
        [InputRequired(_l("Enter the code from the letter."))],
        filters=[_in_digits],
        description=_l("Six digits."),
        render_kw={"inputmode": "numeric", "maxlength": "20"},
    )


class ResetForm(TypedForm):
    """Whose password was forgotten."""

    email = email_field(_l("E-mail address"), autocomplete="username")


class GoodPassword:
    """The rules of passwords.problem; the form says in `form.known` what others know of the owner."""

    def __call__(self, form: Any, field: Any) -> None:
        problem = passwords.problem(field.data or "", known=form.known)
        if problem is not None:
            raise ValidationError(str(problem))


def new_password_field() -> PasswordField:
    """A field for a password that is being chosen."""
    return PasswordField(
        _l("New password"),
        [InputRequired(_l("Choose a password.")), GoodPassword()],
        description=_l(
            "At least %(count)d characters. Four words that only you would put together make a good one.",
            count=PASSWORD_MINIMUM,
        ),
        render_kw={"autocomplete": "new-password"},
    )


class NewPasswordForm(TypedForm):
    """A password chosen by its owner."""

    password = new_password_field()

    def __init__(self, *args: Any, known: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known


class ChangePasswordForm(NewPasswordForm):
    """The same by somebody who is signed in: the present one is asked first."""

    current = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter your present password."))],
        render_kw={"autocomplete": "current-password"},
    )
