"""Forms of a round: a seat given, a reason."""

from collections.abc import Sequence
from typing import Any, Self

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional

from tracker.languages.marking import lazy
from tracker.web.forms import AtMost, KeyedForm
from tracker.web.reading import read_row


class ConfirmForm(KeyedForm):
    """A form without fields: the button confirms."""


class ReasonForm(KeyedForm):
    """The reason for an act."""

    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])


class PrepareForm(KeyedForm):
    """A round signed; where seats depart from the order by now, why. Only the form of such a round asks for it."""

    reason = TextAreaField(lazy("Why these seats depart from the order"), [Optional(), AtMost(2000)])


class GiveForm(KeyedForm):
    """From which pledge a seat is paid, from which second one where none can pay it alone, and why this State now."""

    pledge = RadioField(lazy("Pledge that pays"), choices=[], validate_choice=False, validators=[Optional()])
    second = SelectField(lazy("Second pledge"), choices=[], validate_choice=False, validators=[Optional()])
    reason = TextAreaField(lazy("Why this State now"), [Optional(), AtMost(2000)])

    @classmethod
    def offering(cls, pledges: Sequence[tuple[int, Any]], version: int | None = None) -> Self:
        """The form with pledges to choose from: (id, label)."""
        form = cls(version=version)
        form.pledge.choices = [(str(pledge_id), label) for pledge_id, label in pledges]
        form.second.choices = [SelectChoice("", lazy("none")), *((str(i), label) for i, label in pledges)]
        return form

    def pledges(self) -> list[int]:
        """The ids of the chosen pledges, the one that pays the fare first."""
        chosen = [read_row(field.data) for field in (self.pledge, self.second) if field.data]
        return [one for one in chosen if one is not None]


class PromoteForm(GiveForm):
    """The same for a seat that is free, given to somebody who waits; whoever confirms it reads the reason."""

    reason = TextAreaField(lazy("Reason"), [DataRequired(lazy("Enter the reason.")), AtMost(2000)])
