"""The forms of messages that both sides have: words, words under a thread, and a paper."""

import uuid
from typing import Any

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired

from tracker.files.fields import UploadField
from tracker.languages.marking import lazy
from tracker.typed.kept_form import KeptForm
from tracker.web.text_fields import paragraphs

LIMIT = 4_000


class WordsForm(KeptForm):
    """A form whose words are needed."""

    body = paragraphs(lazy("Your message"), LIMIT)

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing is sent without words."""
        fine = super().validate(extra_validators)
        if not self.body.data:
            self.body.errors = [*self.body.errors, lazy("Write something here.")]
            fine = False
        return fine


class MessageForm(WordsForm):
    """Words to the other side. `seen` is the newest message that the writer had before their eyes; with `answering`
    the words answer what the other side has said before."""

    seen = HiddenField()
    answering = BooleanField(lazy("This answers what is not answered yet"))

    @property
    def seen_id(self) -> uuid.UUID | None:
        """The newest message that the writer saw; one that nobody wrote when the form does not say."""
        try:
            return uuid.UUID(self.seen.data or "")
        except ValueError:
            return uuid.UUID(int=0)


def paper_field(*validators: Any, label: Any = None, hint: Any = None) -> UploadField:
    return UploadField(
        label or lazy("The paper"),
        description=hint or lazy("PDF, Word, Excel, OpenDocument, text or picture, 10 MB at most."),
        validators=list(validators),
    )


class PaperForm(WordsForm):
    """A paper, and what it is."""

    body = paragraphs(lazy("What it is"), LIMIT, description=lazy("For example “Letter of the committee on laws”."))
    file = paper_field(InputRequired(lazy("Choose the file.")))
