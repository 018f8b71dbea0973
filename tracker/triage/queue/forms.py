"""Forms of the queue's pages."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from tracker.languages.marking import lazy as _l
from tracker.triage.forms import officer_choices
from tracker.web.forms import AtMost, KeyedForm


class HandOverForm(KeyedForm):
    """From whom to whom all open work goes."""

    from_officer = SelectField(_l("All open requests of"), validators=[InputRequired(_l("Choose an officer."))])
    to_officer = SelectField(_l("go to"), validators=[InputRequired(_l("Choose an officer."))])

    def offer(self, givers: list[Any], takers: list[Any]) -> "HandOverForm":
        """Fill the choices: only managers may give what is not their own."""
        self.from_officer.choices = officer_choices(givers)
        self.to_officer.choices = officer_choices(takers)
        if not self.is_submitted():
            self._suggest()
        return self

    def _suggest(self) -> None:
        """The first who can give, and the first other who can take."""
        self.from_officer.data = next((choice.value for choice in self.from_officer.choices), None)
        others = (c.value for c in self.to_officer.choices if c.value != self.from_officer.data)
        self.to_officer.data = next(others, None)


class ExportForm(KeyedForm):
    """An export; confidential requests leave only with a reason, strictly confidential ones never."""

    confidential = BooleanField(_l("Include confidential requests"))
    reason = TextAreaField(
        _l("Reason"),
        description=_l("Needed for confidential requests, and kept."),
        validators=[Optional(), AtMost(1000)],
    )


class ViewForm(KeyedForm):
    """A name for a filter."""

    name = StringField(_l("Name of the view"), validators=[InputRequired(_l("Give the view a name.")), AtMost(60)])
    query = StringField(_l("Filter"), validators=[Optional(), AtMost(500)])
