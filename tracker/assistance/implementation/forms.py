"""The State's word on what was delivered."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.assistance.lifecycle import RATINGS
from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm
from tracker.web.text_fields import paragraphs


class ConfirmForm(KeyedForm):
    """The State's word on an implementation."""

    rating = RadioField(
        lazy("How useful was it?"),
        choices=[SelectChoice(str(number), lazy(words)) for number, words in RATINGS.items()],
        validators=[InputRequired(lazy("Choose a rating."))],
    )
    comment = paragraphs(lazy("What should the office know?"), 2_000)
