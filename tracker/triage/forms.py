"""Forms that the queue and several stages share."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.assistance.lifecycle import ERASURE_GROUNDS
from tracker.languages.marking import lazy as _l
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import AtMost, KeyedForm

_NEEDED = InputRequired(_l("Write a few words here."))


def officer_choices(officers: list[Any]) -> list[SelectChoice]:
    """Officers as choices, by public id."""
    return [SelectChoice(str(row.public_id), row.name) for row in officers]


class ReasonForm(KeptForm):
    """An action that needs a reason in writing."""

    reason = TextAreaField(_l("Reason"), validators=[_NEEDED, AtMost(4000)])


class ConfirmForm(KeyedForm):
    """An action that needs no more than a yes."""


class ErasureForm(ReasonForm):
    """Why the content of a document has to go: the ground, and in words what was found; whose it is reads both."""

    ground = RadioField(
        _l("Why it has to go"),
        choices=[SelectChoice(code, _l(words)) for code, words in ERASURE_GROUNDS.items()],
        validators=[InputRequired(_l("Choose why it has to go."))],
    )


class WaitingErasureForm(ConfirmForm):
    """A yes to the removal that was read."""

    erasure = HiddenField()


class AssignForm(KeyedForm):
    """Who is to work on the request."""

    officer = SelectField(_l("Officer"), validators=[InputRequired(_l("Choose an officer."))])

    def offer(self, officers: list[Any]) -> "AssignForm":
        """Fill the choices."""
        self.officer.choices = officer_choices(officers)
        return self
