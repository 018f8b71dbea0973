"""What the note verbale of a paper request asks."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.validators import StopValidation as Stop

from tracker.assistance.lifecycle import KIND_LABELS
from tracker.files.fields import UploadField
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.choosing import LANGUAGE_NAMES
from tracker.languages.marking import lazy
from tracker.languages.marking import lazy as _l
from tracker.web.forms import AtMost, DayField, KeyedForm


class PaperForm(KeyedForm):
    """A request that came on paper, with its note verbale."""

    state = SelectField(_l("State"), validators=[InputRequired(_l("Choose the State."))])
    kind = SelectField(_l("What is asked"))
    language = SelectField(_l("Language of the note"), validators=[InputRequired(_l("Choose the language."))])
    title = StringField(_l("Title"), validators=[InputRequired(_l("Give the request a title.")), AtMost(300)])
    areas = SelectField(_l("Area of assistance"), validators=[Optional()])
    session = SelectField(_l("Session, for participation"), validators=[Optional()])
    problem = TextAreaField(_l("What the note says"), validators=[Optional(), AtMost(8000)])
    issuer = StringField(
        _l("Issued by"), validators=[InputRequired(_l("Say who issues the note verbale.")), AtMost(200)]
    )
    reference = StringField(
        _l("Reference of the note verbale"),
        validators=[InputRequired(_l("Enter the reference of the note verbale.")), AtMost(80)],
    )
    dated = DayField(_l("Date of the note verbale"))
    file = UploadField(_l("Scan of the note verbale"), kinds=PHOTOGRAPHS, validators=[Optional()])

    def validate_dated(self, field: DayField) -> None:
        """A note has a date."""
        if field.data is None and not field.process_errors:
            raise Stop(lazy("Enter the date of the note verbale."))

    def offer(self, *, states: Any, areas: Any, sessions: Any) -> "PaperForm":
        """Fill the choices: pairs of value and words."""
        self.state.choices = _with_empty(states)
        self.areas.choices = _with_empty(areas)
        self.session.choices = _with_empty(sessions)
        self.kind.choices = [SelectChoice(kind.value, lazy(label)) for kind, label in KIND_LABELS.items()]
        self.language.choices = _with_empty(LANGUAGE_NAMES.items())
        return self


def _with_empty(pairs: Any) -> list[SelectChoice]:
    """The choices, (value, words) or ready ones, after an empty one."""
    return [SelectChoice("", ""), *(one if isinstance(one, SelectChoice) else SelectChoice(*one) for one in pairs)]
