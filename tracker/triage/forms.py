"""The shape of what officers and managers send."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.validators import StopValidation as Stop

from tracker.assistance import field_table
from tracker.assistance.lifecycle import KIND_LABELS, Kind
from tracker.forms import AtMost, DayField, KeyedForm, MoneyField, WholeNumberField
from tracker.i18n import LANGUAGE_NAMES, lazy
from tracker.i18n import lazy as _l

MOST_QUESTIONS = 6
_NEEDED = InputRequired(_l("Write a few words here."))


def officer_choices(officers: list[Any]) -> list[SelectChoice]:
    """Officers as choices, by public id."""
    return [SelectChoice(str(row.public_id), row.name) for row in officers]


class ReasonForm(KeyedForm):
    """An act that owes somebody a reason."""

    reason = TextAreaField(_l("Reason"), validators=[_NEEDED, AtMost(4000)])


class ConfirmForm(KeyedForm):
    """An act that needs no more than a yes."""


class NoteForm(KeyedForm):
    """An internal note."""

    body = TextAreaField(_l("Add a note"), validators=[InputRequired(_l("Write the note first.")), AtMost(4000)])


class AssignForm(KeyedForm):
    """Who is to work on the request."""

    officer = SelectField(_l("Officer"), validators=[InputRequired(_l("Choose an officer."))])

    def offer(self, officers: list[Any]) -> "AssignForm":
        """Fill the choices."""
        self.officer.choices = officer_choices(officers)
        return self


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


class QuestionForm(Form):
    """One question on one answer of the request; a row without text is left out."""

    field = SelectField(_l("About"), validate_choice=False)
    text = TextAreaField(_l("Question"), validators=[AtMost(2000)])


class AskForm(KeyedForm):
    """Questions to the State."""

    questions = FieldList(FormField(QuestionForm), min_entries=3, max_entries=MOST_QUESTIONS)

    unfinished = False

    def put_in(self, kept: list[tuple[str, str]]) -> None:
        """Add kept questions (pairs of field and text) below what is typed; nothing is sent yet."""
        self.unfinished = True
        typed = [(about, text) for about, text in self.asked() if about or text.strip()]
        rows = list(dict.fromkeys([*typed, *kept]))
        if len(rows) > MOST_QUESTIONS:
            self.form_errors.append(_l("At most %(count)s questions can be asked at once.", count=MOST_QUESTIONS))
        while self.questions.entries:
            self.questions.pop_entry()
        for about, text in [*rows, *[("", "")] * 3][: max(3, min(len(rows), MOST_QUESTIONS))]:
            self.questions.append_entry({"field": about, "text": text})

    def validate_on_submit(self, *args: Any, **kwargs: Any) -> bool:
        """Whether the questions are to be sent, and can be."""
        return not self.unfinished and super().validate_on_submit(*args, **kwargs)

    def about(self, kind: str) -> "AskForm":
        """Offer the fields of this kind of request in every row."""
        for entry in self.questions:
            entry.form.field.choices = [SelectChoice("", _l("Choose an answer")), *field_choices(kind)]
        return self

    def asked(self) -> list[tuple[str, str]]:
        """Pairs of field and text."""
        return [(entry.form.field.data, entry.form.text.data or "") for entry in self.questions]


def field_choices(kind: str | None = None) -> list[SelectChoice]:
    """The fields that can be questioned, in the order of the form; of both kinds when None."""
    kinds = Kind if kind is None else (kind,)
    found = {one.name: one.label for each in kinds for one in field_table.of_kind(each)}
    return [SelectChoice(name, lazy(label)) for name, label in found.items()]


class QuestionTemplateForm(KeyedForm):
    """A question to keep for later."""

    field = SelectField(_l("About"))
    text = TextAreaField(_l("Question"), validators=[_NEEDED, AtMost(2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.choices = field_choices()


def _reasons() -> TextAreaField:
    """The reasons, asked last: every form has a field of its own, so that errors come in the order of the page."""
    said = _l("In plain words. They are sent to the State and never published.")
    return TextAreaField(_l("Reasons"), description=said, validators=[_NEEDED, AtMost(4000)])


class DeclineForm(KeyedForm):
    """A decision without assistance."""

    reasons = _reasons()


class AcceptForm(DeclineForm):
    """A decision to assist; the amount is in US dollars, the fund's currency."""

    amount = MoneyField(
        _l("Amount accepted"), validators=[InputRequired(_l("Write the amount; 0 when no money is needed."))]
    )
    scope = TextAreaField(
        _l("Scope"),
        description=_l("What is accepted, when it is not everything."),
        validators=[Optional(), AtMost(4000)],
    )
    conditions = TextAreaField(_l("Conditions"), validators=[Optional(), AtMost(4000)])
    reasons = _reasons()
    amount_minor: int | None = None

    def validate_amount(self, field: MoneyField) -> None:
        """Read the amount as the person writes numbers."""
        self.amount_minor = field.minor("USD")
        if self.amount_minor is not None and self.amount_minor < 0:
            raise ValidationError(lazy("Write an amount that is not below zero."))


class AmendForm(AcceptForm):
    """New terms for what was accepted; the form begins with those in force."""

    amount = MoneyField(_l("Amount"), validators=[InputRequired(_l("Write the amount; 0 when no money is needed."))])
    scope = TextAreaField(_l("Scope"), validators=[Optional(), AtMost(4000)])
    reasons = TextAreaField(
        _l("Reasons"),
        description=_l(
            "In plain words; name the paper that led to it. They are sent to the State and never published."
        ),
        validators=[_NEEDED, AtMost(4000)],
    )


class ReferForm(DeclineForm):
    """A referral to somebody who can help better; only with the State's consent."""

    referred_to = StringField(_l("Refer to"), validators=[_NEEDED, AtMost(200)])
    state_agreed_on = DayField(_l("The State agreed on"))
    reasons = _reasons()

    def validate_state_agreed_on(self, field: DayField) -> None:
        """Without the State's yes nothing is passed on."""
        if field.data is None and not field.process_errors:
            raise Stop(lazy("A request is referred only when the State has agreed: enter the day."))


class MergeForm(DeclineForm):
    """A merger with another request of the same State."""

    merged_into = StringField(
        _l("Reference of the request that it joins"),
        description=_l("An open request of the same State and kind, for example TA-2026-KEN-007."),
        validators=[_NEEDED, AtMost(40)],
    )
    reasons = _reasons()


class ActivityForm(KeyedForm):
    """Something planned."""

    title = StringField(_l("Activity"), validators=[_NEEDED, AtMost(200)])
    planned_on = DayField(_l("Planned for"), validators=[Optional()])
    place = StringField(_l("Place"), validators=[Optional(), AtMost(200)])


class ResultForm(KeyedForm):
    """What an activity brought."""

    delivered_on = DayField(_l("Delivered on"))
    place = StringField(_l("Place"), validators=[_NEEDED, AtMost(200)])
    women = WholeNumberField(_l("Women"), default=0, validators=[NumberRange(0, 100_000)])
    men = WholeNumberField(_l("Men"), default=0, validators=[NumberRange(0, 100_000)])
    not_stated = WholeNumberField(_l("Gender not stated"), default=0, validators=[NumberRange(0, 100_000)])
    result = TextAreaField(
        _l("What was delivered"),
        description=_l("The State and the donors who pay read this."),
        validators=[_NEEDED, AtMost(4000)],
    )
    document = FileField(_l("Document"), validators=[Optional()])

    def validate_delivered_on(self, field: DayField) -> None:
        """A result has a day."""
        if field.data is None and not field.process_errors:
            raise Stop(lazy("Enter the day, for example 27 3 2027."))


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
    file = FileField(_l("Scan of the note verbale"), validators=[Optional()])

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
