"""How files of a system are read, why something does not agree, and which step an entry is."""

import uuid
from typing import Any

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from tracker.languages.marking import lazy
from tracker.reconciling.columns import NAMES
from tracker.reconciling.services import Said
from tracker.typed.kept_form import KeptForm
from tracker.web.forms import AtMost, KeyedForm
from tracker.web.reason_field import reason
from tracker.web.text_fields import clean


def _heading(label: Any, hint: Any = "") -> StringField:
    return StringField(label, [AtMost(80)], description=hint, filters=[clean])


class SourceForm(KeptForm):
    """A system, and under which headings its tables have what."""

    name = StringField(
        lazy("Name of the system"),
        [DataRequired(lazy("Give the system a name.")), AtMost(80)],
        filters=[clean],
        description=lazy("For example: the finance system, or the bank."),
    )
    reference = _heading(
        lazy("Column of the reference"),
        lazy("The reference under which you record a receipt or payment here."),
    )
    day = _heading(lazy("Column of the day"), lazy("The value date."))
    amount = _heading(lazy("Column of the amount"), lazy("Where two columns have amounts: the one of what was paid."))
    received = _heading(lazy("Column of what was received"), lazy("Only where two columns have amounts."))
    currency = _heading(lazy("Column of the currency"))
    payee = _heading(
        lazy("Column of the payee’s number"), lazy("The number that payees have there, never a name or an account.")
    )
    entry = _heading(
        lazy("Column of the entry’s own number"),
        lazy("Only where each line has a number that no other line has."),
    )
    only_currency = StringField(
        lazy("Currency, where tables do not say it"),
        [AtMost(3)],
        filters=[clean, lambda text: (text or "").upper()],
        description=lazy("For example USD."),
    )
    sign = RadioField(
        lazy("Amounts with a minus"),
        [InputRequired(lazy("Say whether what was paid has a minus."))],
        choices=[
            SelectChoice("out_minus", lazy("were paid out")),
            SelectChoice("out_plus", lazy("came in")),
        ],
        default="out_minus",
    )

    def said(self) -> Said:
        """What was entered, as the service takes it; only after validation."""
        columns = {name: (self[name].data or "").strip() for name in NAMES}
        named = {name: heading for name, heading in columns.items() if heading}
        return Said((self.name.data or "").strip(), named, self.sign.data, self.only_currency.data or None)


class ExplainForm(KeptForm):
    """Why an entry or a step does not agree."""

    reason = reason(lazy("Why it does not agree"), lazy("Kept under your name."))


class MatchForm(KeyedForm):
    """The step that an entry is."""

    step = RadioField(lazy("Step"), [InputRequired(lazy("Choose the step that the entry is."))], validate_choice=False)

    @property
    def chosen(self) -> uuid.UUID:
        """The chosen step; one that nobody has where the form says none."""
        try:
            return uuid.UUID(self.step.data or "")
        except ValueError:
            return uuid.UUID(int=0)
