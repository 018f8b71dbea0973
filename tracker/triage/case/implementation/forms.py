"""Activities, and what they brought."""

from wtforms import StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.validators import StopValidation as Stop

from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.languages.marking import lazy as _l
from tracker.triage.forms import _NEEDED
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import AtMost, DayField, KeyedForm, WholeNumberField


class ActivityForm(KeyedForm):
    """Something planned."""

    title = StringField(_l("Activity"), validators=[_NEEDED, AtMost(200)])
    planned_on = DayField(_l("Planned for"), validators=[Optional()])
    place = StringField(_l("Place"), validators=[Optional(), AtMost(200)])


class UnfundedForm(KeptForm):
    """The end of a request that got no seat."""

    rule = TextAreaField(
        _l("The published rule"),
        description=_l("By which others came first, or what the State was told of its seats. The State reads it."),
        validators=[_NEEDED, AtMost(2000)],
    )


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
    document = UploadField(_l("Document"), validators=[Optional()])

    def validate_delivered_on(self, field: DayField) -> None:
        """A result has a day."""
        if field.data is None and not field.process_errors:
            raise Stop(lazy("Enter the day, for example 27 3 2027."))
