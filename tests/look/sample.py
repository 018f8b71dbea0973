"""Pages composed of every component, with sample forms: what the tests of the look render and look at."""

from datetime import UTC, date, datetime

from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    FormField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.form import Form
from wtforms.validators import InputRequired, Optional

from tracker.web.forms import DayField, KeyedForm, MoneyField


class DelegateForm(Form):
    family_name = StringField("Family name", description="As in the passport.", validators=[InputRequired("Enter it.")])
    function = StringField("Function", validators=[Optional()])


class SampleForm(KeyedForm):
    """One field of each kind."""

    title = StringField("Title", description="What you ask for.", validators=[InputRequired("Say what you ask for.")])
    email = StringField("E-mail address", validators=[Optional()])
    password = PasswordField("Password")
    problem = TextAreaField("Problem", validators=[InputRequired("Describe the problem.")])
    area = SelectField("Area", choices=[SelectChoice("law", "Legislation"), SelectChoice("evidence", "Evidence")])
    gender = RadioField(
        "Gender",
        choices=[SelectChoice("f", "Woman"), SelectChoice("m", "Man"), SelectChoice("n", "Prefer not to say")],
        validators=[InputRequired("Choose one.")],
    )
    needs = SelectMultipleField("Needs", choices=[SelectChoice("fare", "Fare"), SelectChoice("visa", "Visa")])
    agreed = BooleanField("Do not ask again", description="Leave this empty on a shared computer.")
    arrival = DayField("Arrival", description="At the earliest on 25 January.")
    amount = MoneyField("Own share", validators=[InputRequired("Enter an amount.")])
    currency = SelectField("Currency", choices=[SelectChoice("USD"), SelectChoice("XOF")])
    paper = FileField("Note verbale", description="PDF, 5 MB at most.", validators=[Optional()])
    delegates = FieldList(FormField(DelegateForm, label="Delegate"), min_entries=2)


MOMENT = datetime(2025, 11, 12, 9, 30, tzinfo=UTC)
DAY = date(2025, 11, 20)
