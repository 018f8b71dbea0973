"""What is typed at the door of a delegate's page."""

from wtforms import StringField
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy
from tracker.web.forms import AtMost, KeyedForm
from tracker.web.text_fields import clean


class DoorForm(KeyedForm):
    """The code that came by mail or by telephone; blanks between its digits do not matter."""

    code = StringField(
        lazy("Code"),
        [InputRequired(message=lazy("Enter the code.")), AtMost(40)],
        filters=[lambda typed: "".join(clean(typed).split())],
        description=lazy("Six digits. The last code that was sent counts."),
    )
