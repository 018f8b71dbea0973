"""What is given out, to whom, why and how."""

import uuid

from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tracker.languages.marking import lazy
from tracker.participation.disclosing.lifecycle import HOW_LABELS, RECIPIENT_LABELS, How, Recipient, read_fields
from tracker.participation.disclosing.services import Asked
from tracker.web.forms import KeyedForm
from tracker.web.reason_field import reason
from tracker.web.secret_fields import CodeField
from tracker.web.text_fields import line


class DiscloseForm(KeyedForm):
    """One giving out."""

    people = SelectMultipleField(lazy("Of whom"), validate_choice=False)
    recipient = RadioField(
        lazy("To whom"),
        [InputRequired(lazy("Choose to whom it goes."))],
        choices=[SelectChoice(value.value, RECIPIENT_LABELS[value]) for value in Recipient],
    )
    to_name = line(lazy("Name of whoever gets it"), 160, description=lazy("The delegate reads it."))
    what = SelectMultipleField(lazy("What is given out"), validate_choice=False)
    how = RadioField(
        lazy("How"),
        [InputRequired(lazy("Choose how it is given out."))],
        choices=[SelectChoice(value.value, HOW_LABELS[value]) for value in How],
    )
    reason = reason(lazy("Reason"), lazy("The delegate reads it, with your name and the time."))

    @property
    def chosen(self) -> list[uuid.UUID]:
        """The people who are ticked."""
        found = []
        for text in self.people.data or ():
            try:
                found.append(uuid.UUID(text))
            except ValueError:
                continue
        return list(dict.fromkeys(found))

    def asked(self) -> Asked:
        """What was entered; only after validation."""
        what = read_fields(self.what.data or ())
        return Asked(self.recipient.data, self.to_name.data or "", what, self.reason.data or "", self.how.data)


class TakeForm(KeyedForm):
    """The button that makes the ZIP, with the password that the page showed."""

    made_with = CodeField()
