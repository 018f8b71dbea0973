"""Internal notes about a request."""

from wtforms import TextAreaField
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost, KeyedForm


class NoteForm(KeyedForm):
    """An internal note."""

    body = TextAreaField(_l("Add a note"), validators=[InputRequired(_l("Write the note first.")), AtMost(4000)])
