"""Forms that the queue and several stages share."""

from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost, KeyedForm

_NEEDED = InputRequired(_l("Write a few words here."))


def officer_choices(officers: list[Any]) -> list[SelectChoice]:
    """Officers as choices, by public id."""
    return [SelectChoice(str(row.public_id), row.name) for row in officers]


class ReasonForm(KeyedForm):
    """An action that needs a reason in writing."""

    reason = TextAreaField(_l("Reason"), validators=[_NEEDED, AtMost(4000)])


class ConfirmForm(KeyedForm):
    """An action that needs no more than a yes."""


class AssignForm(KeyedForm):
    """Who is to work on the request."""

    officer = SelectField(_l("Officer"), validators=[InputRequired(_l("Choose an officer."))])

    def offer(self, officers: list[Any]) -> "AssignForm":
        """Fill the choices."""
        self.officer.choices = officer_choices(officers)
        return self
