"""The field for a reason, without which an act is refused."""

from typing import Any

from wtforms import TextAreaField
from wtforms.validators import DataRequired

from tracker.languages.marking import lazy
from tracker.web.forms import AtMost
from tracker.web.text_fields import clean


def reason(label: Any, hint: Any = "") -> TextAreaField:
    """The words without which an act is refused."""
    return TextAreaField(
        label,
        description=hint,
        filters=[clean],
        validators=[DataRequired(lazy("Give the reason in a few words.")), AtMost(2_000)],
    )
