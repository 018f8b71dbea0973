"""Reading the conditions in their versions, and what somebody accepted."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.assistance.lifecycle import Marking
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.conditions.lifecycle import hash_of, in_force, items_of, language_for
from tracker.participation.conditions.models import ConditionsAnswer, ConditionsText, ConditionsVersion
from tracker.participation.conditions.policies import AnswerFacts, VersionFacts
from tracker.participation.papers.contents import HandedBy
from tracker.participation.travel.queries import Travelling

A, T, V = ConditionsAnswer, ConditionsText, ConditionsVersion


@dataclass(frozen=True, slots=True)
class Text:
    """A version in one language, as it is read."""

    id: int
    language: str
    body: str

    @property
    def items(self) -> list[str]:
        """The conditions one by one."""
        return items_of(self.body)

    @property
    def hash(self) -> str:
        """What an answer keeps of it."""
        return hash_of(self.language, self.body)


@dataclass(frozen=True, slots=True)
class Conditions:
    """A version with its texts by their language, and how many people accepted it."""

    id: int
    public_id: uuid.UUID
    version: int
    holds_from: date
    delivered: bool
    texts: dict[str, Text]
    answers: int

    def text_for(self, language: str) -> Text:
        """The text for a reader of a language: theirs, else English."""
        return self.texts[language_for(self.texts, language)]

    @property
    def facts(self) -> VersionFacts:
        """What the rules ask."""
        return VersionFacts(accepted=self.answers > 0, begun=self.holds_from <= today())


def all_versions() -> list[Conditions]:
    """Every version, the latest first; two statements."""
    number = sa.select(T.conditions_id, sa.func.count().label("number")).join(A, A.text_id == T.id)
    of_each = number.group_by(T.conditions_id).subquery()
    rows = db.session.execute(
        sa.select(V, of_each.c.number)
        .outerjoin(of_each, of_each.c.conditions_id == V.id)
        .order_by(V.holds_from.desc())
        .execution_options(populate_existing=True)
    ).all()
    texts: dict[int, dict[str, Text]] = {}
    for row in db.session.execute(sa.select(T.id, T.conditions_id, T.language, T.body).order_by(T.id)):
        texts.setdefault(row.conditions_id, {})[row.language] = Text(row.id, row.language, row.body)
    return [
        Conditions(one.id, one.public_id, one.version, one.holds_from, one.delivered, texts[one.id], number or 0)
        for one, number in rows
    ]


def now_in_force() -> Conditions | None:
    """The version that holds today; None where there is none."""
    return in_force(all_versions(), today())


def get(public_id: uuid.UUID) -> Conditions:
    """A version by its public id. Raises NotFound."""
    found = next((one for one in all_versions() if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a delegate accepted: exactly this text, of the version that held from a day; when, and who entered it from
    what. Not `genuine` where the text is not the one whose hash was kept."""

    conditions_id: int
    holds_from: date
    text: Text
    at: datetime
    officer: str | None
    source: str | None
    received_on: date | None
    genuine: bool


def accepted_by(delegate_id: int) -> Accepted | None:
    """What a delegate accepted; None where they have not."""
    row = db.session.execute(
        sa.select(A, T.id, T.language, T.body, V.id.label("conditions_id"), V.holds_from, Person.name)
        .join(T, T.id == A.text_id)
        .join(V, V.id == T.conditions_id)
        .outerjoin(Person, Person.id == A.entered_by_id)
        .where(A.delegate_id == delegate_id)
    ).one_or_none()
    if row is None:
        return None
    answer, text = row[0], Text(row.id, row.language, row.body)
    said = answer.at, row.name, answer.source, answer.received_on
    return Accepted(row.conditions_id, row.holds_from, text, *said, genuine=answer.text_hash == text.hash)


def who_accepted(delegate_ids: Collection[int]) -> set[int]:
    """Which of these delegates have accepted; one statement."""
    return set(db.session.scalars(sa.select(A.delegate_id).where(A.delegate_id.in_(delegate_ids))))


def facts_of(found: Travelling, by: HandedBy, *, accepted: bool | None = None) -> AnswerFacts:
    """What the rules ask; `accepted` where that was read already."""
    return AnswerFacts(
        seat=found.status,
        strict=found.request.marking == Marking.STRICTLY_CONFIDENTIAL,
        by=by.who,
        own_page=by.delegate_id == found.seat.delegate_id,
        accepted=bool(who_accepted([found.person.id])) if accepted is None else accepted,
    )
