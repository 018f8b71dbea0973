"""What is typed at the door of a delegate's page."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy
from tracker.search.folding import flatten
from tracker.web.email_field import email_field
from tracker.web.forms import AtMost, KeyedForm
from tracker.web.secret_fields import CodeField


class RenewForm(KeyedForm):
    """Where a new link goes."""

    link_email = email_field(lazy("E-mail address"), autocomplete="off")


class DoorForm(KeyedForm):
    """The code that came by mail or by telephone, in the digits of any script; blanks between them do not matter."""

    kept = HiddenField()
    """What was typed into the page when it had ended, signed (`delegate_page.kept`)."""
    page_code = CodeField(
        lazy("Code"),
        [InputRequired(message=lazy("Enter the code.")), AtMost(40)],
        filters=[lambda typed: "".join(flatten(typed or "").split())],
        description=lazy("Six digits. The last code that was mailed counts, and the last that was read out."),
    )
