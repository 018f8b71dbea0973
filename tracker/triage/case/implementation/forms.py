"""Activities, and what they brought."""

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.validators import StopValidation as Stop

from tracker.languages.marking import lazy
from tracker.languages.marking import lazy as _l
from tracker.triage.forms import _NEEDED
from tracker.web.forms import AtMost, DayField, KeyedForm, WholeNumberField


class ActivityForm(KeyedForm):
    """Something planned."""

    title = StringField(_l("Activity"), validators=[_NEEDED, AtMost(200)])
    planned_on = DayField(_l("Planned for"), validators=[Optional()])
    place = StringField(_l("Place"), validators=[Optional(), AtMost(200)])


class ResultForm(KeyedForm):
    """What an activity brought."""

    delivered_on = DayField(_l("Delivered on"))
    place = StringField(_l("Place"), validators=[_NEEDED, AtMost(200)])
    women = WholeNumberField(_l("Women"), default=0, validators=[NumberRange(0, 100_000)])
    men = WholeNumberField(_l("Men"), default=0, validators=[NumberRange(0, 100_000)])
    not_stated = WholeNumberField(_l("Gender not stated"), default=0, validators=[NumberRange(0, 100_000)])
    result = TextAreaField(
        _l("What was delivered"),
        description=_l("The State and the donors who pay read this."),
        validators=[_NEEDED, AtMost(4000)],
    )
    document = FileField(_l("Document"), validators=[Optional()])

    def validate_delivered_on(self, field: DayField) -> None:
        """A result has a day."""
        if field.data is None and not field.process_errors:
            raise Stop(lazy("Enter the day, for example 27 3 2027."))
