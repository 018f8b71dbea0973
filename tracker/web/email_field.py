"""The field for an e-mail address that every form has: what it takes can be mailed, and is kept in one form."""

from typing import Any

from wtforms import EmailField
from wtforms.validators import InputRequired, Optional, ValidationError

from tracker.languages import addresses
from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost


class EmailAddress:
    """One address that a letter can be sent to, in any script; nothing is asked of the network. The field holds from
    then on the form that is kept."""

    def __call__(self, _form: Any, field: Any) -> None:
        try:
            field.data = addresses.read(field.data or "").shown
        except addresses.Unmailable:
            raise ValidationError(_l("Enter one e-mail address, for example name@ministry.example.")) from None


def email_field(
    label: Any, *, description: Any = "", autocomplete: str = "on", strict: bool = True, needed: bool = True
) -> EmailField:
    """A field for an e-mail address; not `strict` where a wrong one must get the same answer as an unknown one."""
    first = InputRequired(_l("Enter the e-mail address.")) if needed else Optional()
    rules: list[Any] = [first, AtMost(254)]
    return EmailField(
        label,
        [*rules, EmailAddress()] if strict else rules,
        filters=[_empty_when_absent],
        description=description,
        render_kw={"autocomplete": autocomplete, "spellcheck": "false", "autocapitalize": "none", "dir": "ltr"},
    )


def _empty_when_absent(text: str | None) -> str:
    """A field that did not come is an empty one; whoever keeps an address takes text."""
    return text or ""
