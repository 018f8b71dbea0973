"""How a State was reached."""

from wtforms import TextAreaField

from tracker.languages.marking import lazy as _l
from tracker.triage.forms import _NEEDED
from tracker.web.forms import AtMost, DayField, KeyedForm


class ContactForm(KeyedForm):
    """The day on which the State was reached, and how."""

    day = DayField(_l("Day on which the State was reached"))
    reason = TextAreaField(
        _l("How the State was reached"),
        description=_l("For example by telephone, or on paper through its mission. Both sides read it."),
        validators=[_NEEDED, AtMost(2000)],
    )
