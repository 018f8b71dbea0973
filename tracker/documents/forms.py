"""The form of an export."""

from wtforms import BooleanField, RadioField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost, KeyedForm


class ListExportForm(KeyedForm):
    """As which file a list leaves; confidential rows need a reason."""

    format = RadioField(
        _l("Kind of file"),
        choices=[
            SelectChoice("xlsx", _l("XLSX, for spreadsheets: days are days and amounts are numbers")),
            SelectChoice("csv", _l("CSV, for other programs: one line says what was filtered, the columns follow")),
        ],
        default="xlsx",
    )
    confidential = BooleanField(_l("Include confidential requests"))
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Needed for confidential requests, and kept."),
        validators=[Optional(), AtMost(1000)],
    )
