"""The card of messages on the request's page: what both sides said last, and where the State writes."""

from collections.abc import Mapping
from typing import Any

from tracker.assistance.lifecycle import Action
from tracker.assistance.message_kinds import MessageKind, Side
from tracker.assistance.messages import reading
from tracker.assistance.messages.words import MessageForm
from tracker.assistance.page.cards import Card, CardData
from tracker.assistance.policies import RULES
from tracker.languages.marking import N_
from tracker.rights.rules import can

MORE = (
    (Action.ASK_MORE_TIME, MessageKind.MORE_TIME, "assistance.ask_more_time", N_("Ask for more time")),
    (Action.WRITE_MESSAGE, None, "assistance.hand_in_paper", N_("Hand in a paper")),
    (Action.WANT_AMENDMENT, MessageKind.AMENDMENT, "assistance.want_amendment", N_("Ask for an amendment")),
    (Action.SAY_NOT_AS_DESCRIBED, None, "assistance.not_as_described", N_("Not as described")),
)
"""What a State can write beside plain words: the rule, the kind of which one at a time can wait, page and words."""


def _thread(seen: CardData, refused: MessageForm | None) -> Mapping[str, Any] | None:
    may_write = can(RULES, Action.WRITE_MESSAGE, seen.actor, seen.facts) is None
    rows, older = reading.newest(seen.parts)
    if not may_write and not rows:
        return None
    owing = reading.owed_by(seen.parts, Side.STATE)
    return {
        "rows": rows,
        "read": reading.read_by_office(seen.found.id, rows),
        "older": older,
        "form": reading.form_for(rows, owing, refused) if may_write else None,
        "more": _more(seen) if may_write else [],
    }


def _more(seen: CardData) -> list[tuple[str, str]]:
    """Pages and words of what the reader can write beside plain words."""
    given = any(activity.delivered_on for activity in seen.parts.activities)
    return [
        (endpoint, words)
        for action, kind, endpoint, words in MORE
        if can(RULES, action, seen.actor, seen.facts) is None
        and not (kind and reading.asked_already(seen.parts, kind))
        and (given or action is not Action.SAY_NOT_AS_DESCRIBED)
    ]


CARDS = (Card("messages", 15, "assistance/messages/_thread.html", _thread),)
