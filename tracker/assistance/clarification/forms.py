"""The form in which a State answers: for each question a reply and, where it can be edited, the questioned field."""

from typing import Any

from wtforms import FormField
from wtforms.validators import Optional

from tracker.assistance.fields.parts import PARTS, Unreadable
from tracker.errors import Invalid
from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm
from tracker.web.text_fields import paragraphs
from tracker.web.typed_forms import EntryForm


class AnswersForm(KeyedForm):
    """Made for one round of questions; use `of` and `received`."""

    questions: tuple[Any, ...] = ()

    @classmethod
    def of(cls, assistance_request: Any, parts: Any, formdata: Any = None) -> "AnswersForm":
        """The form for the open questions, with the answers that were kept, or with `formdata` as it was sent."""
        open_ones = tuple(q for q in parts.questions if q.answered_at is None)
        data: dict[str, Any] = {}
        inputs: dict[str, Any] = {"questions": open_ones}
        for number, question in enumerate(open_ones, start=1):
            alone = len(open_ones) == 1
            label = lazy("Your reply") if alone else lazy("Your reply to question %(number)s", number=number)
            inputs[f"answer_{question.id}"] = paragraphs(label, 8_000)
            data[f"answer_{question.id}"] = question.answer
            if question.field == "attachments":
                inputs[f"file_{question.id}"] = UploadField(lazy("Add a document"), validators=[Optional()])
            elif question in _with_inputs(open_ones):
                part = PARTS[question.field]
                inputs[f"value_{question.id}"] = FormField(_part_form(question.field))
                kept = question.after if question.after is not None else question.before
                data[f"value_{question.id}"] = part.fill(kept) if kept is not None else {}
        form = type("RoundForm", (cls,), inputs)(formdata=formdata, data=data)
        if formdata is None:
            form.version.data = str(assistance_request.version)
        return form

    def replies(self) -> dict[int, str]:
        """The answers in words, by question id."""
        return {q.id: self[f"answer_{q.id}"].data or "" for q in self.questions}

    def values(self) -> tuple[dict[str, Any], bool]:
        """The questioned fields' values, and whether all of them could be read."""
        found, fine = {}, True
        for question in self.questions:
            if f"value_{question.id}" in self:
                try:
                    found[question.field] = PARTS[question.field].read(self[f"value_{question.id}"].form)
                except Unreadable:
                    fine = False
        replies = [self[f"answer_{q.id}"].validate(self) for q in self.questions]
        return found, fine and all(replies)

    def uploads(self) -> list[Any]:
        """The documents that were added. Raises Invalid with a sentence at each that is not taken."""
        fields = [self[f"file_{q.id}"] for q in self.questions if f"file_{q.id}" in self]
        refused = {field.name: list(field.errors) for field in fields if not field.validate(self)}
        if refused:
            raise Invalid(fields=refused)
        return [field.data for field in fields if field.data]

    def part_of(self, question: Any) -> Any:
        """The inputs of the questioned field, or None when the reply alone is asked."""
        name = f"value_{question.id}"
        return self[name].form if name in self else None


def _with_inputs(questions: tuple[Any, ...]) -> list[Any]:
    """The first question on each field that has inputs."""
    first: dict[str, Any] = {}
    for question in questions:
        if question.field in PARTS:
            first.setdefault(question.field, question)
    return list(first.values())


def _part_form(field: str) -> type[EntryForm]:
    return type(f"{field.title()}Form", (PARTS[field].mixin, EntryForm), {})
