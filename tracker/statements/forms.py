"""What finance says when it issues a statement."""

from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy
from tracker.web.forms import AtMost, DayField, KeyedForm
from tracker.web.reading import read_row


class IssueForm(KeyedForm):
    """The last day of a statement, and what it says of earlier ones."""

    number = HiddenField()
    last_on = DayField(
        lazy("Last day"),
        [InputRequired(lazy("Enter the last day."))],
        description=lazy("A day that is over."),
    )
    note = TextAreaField(
        lazy("What it corrects in earlier statements, if anything"),
        [AtMost(500)],
        description=lazy("It is printed. Name nobody: the donor reads it."),
    )

    @property
    def seen(self) -> int:
        """The number of the statement that the page showed."""
        return read_row(self.number.data) or 0
