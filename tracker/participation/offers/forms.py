"""What is typed about offers: an earlier day, a reason, and that nobody else pays."""

import uuid
from collections.abc import Iterable
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from tracker.assistance.incoming_note import Note
from tracker.files.fields import UploadField
from tracker.files.kinds import PHOTOGRAPHS
from tracker.languages.choosing import LANGUAGE_NAMES, current_language
from tracker.languages.marking import lazy
from tracker.participation.lifecycle import GENDER_LABELS, Gender
from tracker.participation.offers.services import NewPerson
from tracker.reference import queries as reference
from tracker.typed.kept_form import KeptForm
from tracker.web.email_field import email_field
from tracker.web.forms import DayField, KeyedForm
from tracker.web.reason_field import reason
from tracker.web.text_fields import line

NEW = "new"


class SendForm(KeyedForm):
    """Seats go to their States; an officer may give them less time."""

    until = DayField(
        lazy("An earlier last day for the answers"),
        [Optional()],
        description=lazy("Leave it empty for the days in the table."),
    )


class ConfirmForm(KeyedForm):
    """The authority confirms a seat."""

    nobody_else_pays = BooleanField(
        lazy("Nobody else, neither our State nor another organisation, pays what UNODC pays here"),
        description=lazy("This is kept with the answer. Where somebody else pays a part, write to UNODC first."),
    )


class DeclineForm(KeptForm):
    """The authority gives a seat up."""

    reason = reason(lazy("Reason"), lazy("Seen by the office and by your State."))


class TakeBackForm(KeptForm):
    """The manager takes back what nobody answered."""

    reason = reason(lazy("Reason"), lazy("The States read it."))


class SubstituteForm(KeptForm):
    """The authority names somebody else for a seat: of the delegation, or somebody new with a note verbale."""

    who = RadioField(lazy("Who takes the seat"), [InputRequired(lazy("Choose who takes the seat."))])
    given_name = line(lazy("Given name"), 79)
    family_name = line(lazy("Family name"), 79, description=lazy("Both names as they stand in the passport."))
    function = line(lazy("Function"))
    office = line(lazy("Institution"))
    email = email_field(lazy("E-mail address"), needed=False)
    language = SelectField(
        lazy("Language"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )
    gender = RadioField(
        lazy("Gender"),
        choices=[SelectChoice(gender.value, lazy(label)) for gender, label in GENDER_LABELS.items()],
        default=Gender.NOT_STATED.value,
    )
    nationality_iso3 = SelectField(lazy("Nationality"), [Optional()], description=lazy("For the visa."))
    departure_airport = line(lazy("Airport of departure"), 80)
    issuer = line(lazy("Issued by"), description=lazy("For example the permanent mission."))
    note_reference = line(lazy("Reference of the note verbale"), 80)
    dated = DayField(lazy("Date of the note verbale"))
    file = UploadField(
        lazy("The note verbale"),
        kinds=PHOTOGRAPHS,
        description=lazy("PDF, JPG, PNG or HEIC, 10 MB at most. A clear photograph is enough."),
    )

    def offer(self, people: Iterable[Any]) -> "SubstituteForm":
        """Let the person choose among who awaits a seat, in the State's order, and somebody new."""
        self.who.choices = [
            *(SelectChoice(str(person.public_id), person.name) for person in people),
            SelectChoice(NEW, lazy("Somebody whom the State has not nominated yet")),
        ]
        states = reference.state_choices(current_language())
        choose = SelectChoice("", lazy("Choose a State"))
        self.nationality_iso3.choices = [choose, *(SelectChoice(iso3, name) for iso3, name in states)]
        return self

    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        if self.who.data != NEW:
            return {"delegate": uuid.UUID(self.who.data)}
        said: dict[str, Any] = {name: self[name].data or "" for name in NewPerson.__dataclass_fields__}
        person = NewPerson(**said | {"nationality_iso3": said["nationality_iso3"] or None})
        dated: Any = self.dated.data
        return {"new": person, "note": Note(self.issuer.data, self.note_reference.data, dated, self.file.data)}
