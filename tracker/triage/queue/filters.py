"""What the queue can be narrowed to. A filter is an address: it can be saved, sent and opened again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Self
from uuid import UUID

import sqlalchemy as sa

from tracker.accounts.models import Organisation, Person
from tracker.assistance.lifecycle import CLOSED, Kind, Marking, Status
from tracker.assistance.message_kinds import Side
from tracker.assistance.models import AssistanceRequest, Decision, Message
from tracker.assistance.queries.nobody import has_no_officer
from tracker.assistance.queries.request_lists import is_owed
from tracker.assistance.queries.visible import visible_to
from tracker.calendar.now import VIENNA, now
from tracker.reference.lifecycle import REGIONAL_GROUPS
from tracker.reference.models import Session, State
from tracker.rights.actor import Actor
from tracker.search import match_clause, query_tokens

R = AssistanceRequest
_IN_ORDER = ("submitted", "in_review", "clarification", "accepted", "in_implementation")


def is_open() -> sa.ColumnElement[bool]:
    """Open requests, word for word as the partial index ix_requests_open_due says it: both engines then use it."""
    return R.status.in_([sa.literal_column(f"'{status}'") for status in _IN_ORDER])


def _one_of(*known: str) -> frozenset[str]:
    return frozenset(known)


_KNOWN = {
    "kind": _one_of(*Kind),
    "status": _one_of("closed", "all", "state", *(set(Status) - {Status.DRAFT})),
    "group": _one_of("none", *REGIONAL_GROUPS),
    "marking": _one_of(*Marking),
    "overdue": _one_of("1"),
    "unsigned": _one_of("1"),
    "messages": _one_of("1"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """One narrowing of the queue. Empty means: all open requests.

    `status` is a status, "closed", "all" or "state" (what waits for a State: asked, or its note returned); `group` a
    regional group or "none"; `officer` "me", "nobody" or a person's public id; `since` the first day (in Vienna) on
    which it was received; `unsigned` asks for prepared decisions, `messages` for messages of a State that are not
    answered.
    """

    q: str = ""
    kind: str = ""
    status: str = ""
    group: str = ""
    officer: str = ""
    state: str = ""
    session: str = ""
    since: str = ""
    overdue: str = ""
    marking: str = ""
    unsigned: str = ""
    messages: str = ""

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> Self:
        """The filters that an address names; what is not understood is left out."""
        values = {f.name: str(arguments.get(f.name) or "").strip()[:200] for f in fields(cls)}
        for name, known in _KNOWN.items():
            values[name] = values[name] if values[name] in known else ""
        values["officer"] = (
            values["officer"] if values["officer"] in ("me", "nobody") or _uuid(values["officer"]) else ""
        )
        values["since"] = values["since"] if _day(values["since"]) else ""
        values["state"] = values["state"].upper()[:8]
        values["q"] = values["q"].replace("\x00", "")
        values["session"] = values["session"].replace("\x00", "")[:20]
        return cls(**values)

    def as_query(self) -> dict[str, str]:
        """The parts of the address, without what is empty."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}

    def without(self, name: str) -> Self:
        """The same filters less one."""
        return replace(self, **{name: ""})

    def conditions(self, actor: Actor) -> list[sa.ColumnElement[bool]]:
        """WHERE, beginning with what the actor may see; `group` and `state` need Organisation and State joined."""
        asked = ((name, value) for name, value in self.as_query().items() if name != "status")
        return [visible_to(actor), _status(self.status), *(_CONDITIONS[name](value, actor) for name, value in asked)]


def _status(status: str) -> sa.ColumnElement[bool]:
    if status == "all":
        return R.status != Status.DRAFT
    if status == "closed":
        return R.status.in_([sa.literal_column(f"'{s}'") for s in sorted(CLOSED)])
    if status == "state":
        return R.status.in_((Status.CLARIFICATION, Status.AWAITING_AUTHORISATION))
    return R.status == status if status else is_open()


def _officer(officer: str, actor: Actor) -> sa.ColumnElement[bool]:
    if officer == "nobody":
        return has_no_officer()
    if officer == "me":
        return R.assigned_to_id.in_(actor.and_whom_they_stand_in_for)
    return R.assigned_to_id == sa.select(Person.id).where(Person.public_id == _uuid(officer)).scalar_subquery()


def _waits_for_signature(_one: str, _actor: Actor) -> sa.ColumnElement[bool]:
    return R.id.in_(sa.select(Decision.request_id).where(Decision.signed_at.is_(None), Decision.dropped_at.is_(None)))


def _waits_for_reply(_one: str, _actor: Actor) -> sa.ColumnElement[bool]:
    return R.id.in_(sa.select(Message.request_id).where(Message.owed_by == Side.OFFICE, is_owed()))


def _has_words(text: str, _actor: Actor) -> sa.ColumnElement[bool]:
    """Found by title, text, State or reference; words without a letter or digit find nothing."""
    if not query_tokens(text):
        return sa.false()
    return match_clause(R.__event_subject__, R.id, text)


def _group(group: str, _actor: Actor) -> sa.ColumnElement[bool]:
    return State.regional_group.is_(None) if group == "none" else State.regional_group == group


def _session(code: str, _actor: Actor) -> sa.ColumnElement[bool]:
    return R.session_id == sa.select(Session.id).where(Session.code == code).scalar_subquery()


def _since(text: str, _actor: Actor) -> sa.ColumnElement[bool]:
    return R.submitted_at >= datetime.combine(date.fromisoformat(text), time(), tzinfo=VIENNA)


def _overdue(_one: str, _actor: Actor) -> sa.ColumnElement[bool]:
    return sa.and_(R.due_at < now(), is_open())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1900 <= day.year <= 2200 else None


_CONDITIONS: dict[str, Callable[[str, Actor], sa.ColumnElement[bool]]] = {
    "q": _has_words,
    "kind": lambda kind, _actor: R.kind == kind,
    "group": _group,
    "officer": _officer,
    "state": lambda code, _actor: Organisation.code == code,
    "session": _session,
    "since": _since,
    "overdue": _overdue,
    "marking": lambda marking, _actor: R.marking == marking,
    "unsigned": _waits_for_signature,
    "messages": _waits_for_reply,
}
