"""The form by which somebody says that they are away."""

import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy as _l
from tracker.web.forms import DayField, SureForm


class AbsenceForm(SureForm):
    """Until when, and who stands in."""

    back_on = DayField(
        _l("The day on which you are back"),
        [InputRequired(_l("Enter the day on which you are back."))],
        description=_l("It ends by itself on this day."),
    )
    stand_in = SelectField(
        _l("Who stands in"),
        [InputRequired(_l("Choose who stands in."))],
        choices=[],
        description=_l("A colleague who holds one of your roles. They act in their own name."),
    )

    def offer(self, colleagues: Iterable[Any]) -> "AbsenceForm":
        """Set who can be chosen: rows of (public_id, name)."""
        people = [SelectChoice(str(row.public_id), row.name) for row in colleagues]
        self.stand_in.choices = [SelectChoice("", _("Choose")), *people]
        return self

    @property
    def chosen(self) -> uuid.UUID:
        """The membership of whoever stands in."""
        return uuid.UUID(self.stand_in.data)
