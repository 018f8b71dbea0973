"""What the office writes to a State."""

from typing import Any

from wtforms import BooleanField

from tracker.assistance.message_kinds import MessageKind, Side
from tracker.assistance.messages import reading
from tracker.assistance.messages.words import LIMIT, MessageForm
from tracker.languages.marking import lazy
from tracker.web.forms import KeyedForm
from tracker.web.text_fields import paragraphs


class OfficeMessageForm(MessageForm):
    """Words to the State, which may ask for an answer."""

    body = paragraphs(lazy("Your message to the State"), LIMIT)
    wanted = BooleanField(lazy("The State is asked for an answer"))

    @property
    def kind(self) -> MessageKind:
        return MessageKind.ANSWER_WANTED if self.wanted.data else MessageKind.MESSAGE

    def stand_on(self, page: Any, *, empty: bool) -> None:
        """Know what stands above the form on the request's page."""
        reading.stand_below(self, reading.newest(page)[0], reading.owed_by(page, Side.OFFICE), empty=empty)


class GiveTimeForm(KeyedForm):
    """A yes to more time, with a few words where they help."""

    body = paragraphs(lazy("Words to the State"), LIMIT, optional=True)
