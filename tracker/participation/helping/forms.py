"""Whom a delegate names as helper."""

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import lazy
from tracker.web.email_field import email_field
from tracker.web.forms import KeyedForm
from tracker.web.local_copies import forbid
from tracker.web.text_fields import line


class HelperForm(KeyedForm):
    """Name, mailbox and language of a helper; the browser keeps no copy."""

    helper_name = line(lazy("Name of the helper"), 160)
    helper_email = email_field(lazy("E-mail address of the helper"))
    helper_language = SelectField(
        lazy("Language of the mail"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        forbid()


class EndForm(KeyedForm):
    """The button that ends the help."""
