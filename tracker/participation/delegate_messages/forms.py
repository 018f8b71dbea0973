"""What is typed to the other side. It is kept nowhere before it is sent, neither by the site nor in the browser."""

import uuid
from typing import Any

from wtforms import HiddenField

from tracker.languages.marking import lazy
from tracker.participation.delegate_messages.lifecycle import LONGEST
from tracker.web.forms import KeyedForm
from tracker.web.local_copies import forbid
from tracker.web.reason_field import reason
from tracker.web.text_fields import paragraphs


class WritingForm(KeyedForm):
    """A form of which the browser keeps no copy. `seen` is the newest message that the writer had before their eyes."""

    seen = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forbid()

    @property
    def seen_id(self) -> uuid.UUID | None:
        """The newest message that the writer saw; None where the form names none."""
        try:
            return uuid.UUID(self.seen.data or "")
        except ValueError:
            return None


class WordsForm(WritingForm):
    """Words to the other side."""

    body = paragraphs(lazy("Your message"), LONGEST)


class NoAnswerForm(WritingForm):
    """Why a message gets no answer."""

    reason = reason(lazy("Why no answer is needed"), lazy("The delegate reads it."))
