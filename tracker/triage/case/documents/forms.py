"""Why the content of a document has to go."""

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.assistance.lifecycle import ERASURE_GROUNDS
from tracker.languages.marking import lazy as _l
from tracker.triage.forms import ConfirmForm, ReasonForm


class ErasureForm(ReasonForm):
    """The ground, and in words what was found; the State reads both."""

    ground = RadioField(
        _l("Why it has to go"),
        choices=[SelectChoice(code, _l(words)) for code, words in ERASURE_GROUNDS.items()],
        validators=[InputRequired(_l("Choose why it has to go."))],
    )


class WaitingForm(ConfirmForm):
    """A yes to the removal that was read."""

    erasure = HiddenField()
