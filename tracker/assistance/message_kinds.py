"""The kinds of messages on a request: what each is called, who writes it by which rule, who owes an answer to it, and
how it can be answered. One row a kind; pages, services, events and the database's own list follow. Pure."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from tracker.assistance.lifecycle import CLOSED, Action
from tracker.languages.marking import N_


class Side(enum.StrEnum):
    """Who writes, and who reads on the other side."""

    STATE = "state"
    OFFICE = "office"

    @property
    def other(self) -> "Side":
        return Side.OFFICE if self is Side.STATE else Side.STATE


class MessageKind(enum.StrEnum):
    """What a message is; the last five are answers to another one."""

    MESSAGE = "message"
    PAPER = "paper"
    MORE_TIME = "more_time"
    AMENDMENT = "amendment"
    NOT_AS_DESCRIBED = "not_as_described"
    ANSWER_WANTED = "answer_wanted"
    TIME_GIVEN = "time_given"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    AMENDED = "amended"
    OVERTAKEN = "overtaken"


@dataclass(frozen=True, slots=True)
class OfKind:
    """One kind. `events` are the names of what is recorded, by the side that may write it (None: another act records
    it); `owing` are the writers to whom the other side owes an answer.

    `in_words`: any words of the other side answer it. `may_rest`: an officer can say that it needs no answer.
    `silent`: it needs no words of its own.
    """

    label: str
    action: Action
    events: Mapping[Side, str | None]
    owing: frozenset[Side] = field(default_factory=frozenset)
    in_words: bool = False
    may_rest: bool = False
    silent: bool = False


_STATE, _OFFICE = Side.STATE, Side.OFFICE
_BY_STATE = frozenset({_STATE})
KINDS: dict[MessageKind, OfKind] = {
    MessageKind.MESSAGE: OfKind(
        N_("message"),
        Action.WRITE_MESSAGE,
        {_STATE: "assistance.state_wrote", _OFFICE: "assistance.office_wrote"},
        _BY_STATE,
        in_words=True,
        may_rest=True,
    ),
    MessageKind.PAPER: OfKind(
        N_("paper"),
        Action.WRITE_MESSAGE,
        {_STATE: "assistance.paper_handed_in", _OFFICE: "assistance.paper_sent"},
        _BY_STATE,
        in_words=True,
        may_rest=True,
    ),
    MessageKind.MORE_TIME: OfKind(
        N_("asks for more time"), Action.ASK_MORE_TIME, {_STATE: "assistance.more_time_asked"}, _BY_STATE
    ),
    MessageKind.AMENDMENT: OfKind(
        N_("wants an amendment"), Action.WANT_AMENDMENT, {_STATE: "assistance.amendment_wanted"}, _BY_STATE
    ),
    MessageKind.NOT_AS_DESCRIBED: OfKind(
        N_("not as described"),
        Action.SAY_NOT_AS_DESCRIBED,
        {_STATE: "assistance.not_as_described"},
        _BY_STATE,
        in_words=True,
    ),
    MessageKind.ANSWER_WANTED: OfKind(
        N_("asks for an answer"),
        Action.WRITE_MESSAGE,
        {_OFFICE: "assistance.answer_wanted"},
        frozenset({_OFFICE}),
        in_words=True,
    ),
    MessageKind.TIME_GIVEN: OfKind(
        N_("more time is given"), Action.ANSWER_MESSAGE, {_OFFICE: "assistance.more_time_given"}, silent=True
    ),
    MessageKind.REFUSED: OfKind(N_("says why not"), Action.ANSWER_MESSAGE, {_OFFICE: "assistance.message_refused"}),
    MessageKind.NO_ANSWER: OfKind(
        N_("needs no answer"), Action.ANSWER_MESSAGE, {_OFFICE: "assistance.message_rested"}, silent=True
    ),
    MessageKind.AMENDED: OfKind(N_("amended as wanted"), Action.AMEND, {_OFFICE: None}, silent=True),
    MessageKind.OVERTAKEN: OfKind(N_("no answer is needed any more"), Action.ANSWER, {_STATE: None}, silent=True),
}
EVENTS = frozenset(name for kind in KINDS.values() for name in kind.events.values() if name)
"""What is recorded of messages: they change nothing in the request itself."""
IN_WORDS = tuple(kind for kind, of_kind in KINDS.items() if of_kind.in_words)


def owed_by(kind: MessageKind, writer: Side) -> Side | None:
    """Who owes an answer to a message of this kind by this writer."""
    return writer.other if writer in KINDS[kind].owing else None


def may_rest(kind: str, status: str) -> bool:
    """Whether an officer may leave a message as it is: words and papers, and everything once the request is over."""
    return KINDS[MessageKind(kind)].may_rest or status in CLOSED
