"""Questions to the State, and questions to keep."""

from typing import Any

from wtforms import FieldList, FormField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice

from tracker.assistance.fields import table
from tracker.assistance.lifecycle import Kind
from tracker.languages.marking import lazy
from tracker.languages.marking import lazy as _l
from tracker.triage.forms import _NEEDED
from tracker.web.forms import AtMost, KeyedForm
from tracker.web.typed_forms import EntryForm

MOST_QUESTIONS = 6


class QuestionForm(EntryForm):
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
    found = {one.name: one.label for each in kinds for one in table.of_kind(each)}
    return [SelectChoice(name, lazy(label)) for name, label in found.items()]


class QuestionTemplateForm(KeyedForm):
    """A question to keep for later."""

    field = SelectField(_l("About"))
    text = TextAreaField(_l("Question"), validators=[_NEEDED, AtMost(2000)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.choices = field_choices()
