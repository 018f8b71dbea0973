"""Recording what happened, in the transaction of the change itself."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from tracker.database.transactions import in_transaction
from tracker.database.verbs import verb
from tracker.database.wake_ups import wake
from tracker.events.models import Event, EventLink
from tracker.extensions import db
from tracker.rights.actor import Actor

Handler = Callable[[Event, Any, Actor], None]
_reactions: dict[str, list[Handler]] = defaultdict(list)


def react(name: str, handler: Handler) -> None:
    """Have `handler(event, subject, actor)` run in the same transaction whenever `name` is recorded.

    A higher capability registers here in create_app; its failure undoes the act.
    """
    if handler not in _reactions[name]:
        _reactions[name].append(handler)


def record(
    name: str,
    subject: Any,
    *,
    actor: Actor,
    organisation_id: int | None = None,
    once_key: str | None = None,
    also_about: tuple[type[Any], Iterable[int]] | None = None,
    **data: Any,
) -> Event:
    """Write the past fact `name` about `subject` (a model instance) and wake the dispatcher after the commit.

    `organisation_id` says whose matter it is; without it the subject's own `organisation_id` counts.
    `once_key` is unique: a second event with the same key breaks the transaction. `also_about` names the
    other things in whose history it stands: a model and ids of its rows. Raises RuntimeError outside a
    transaction, so that no change can be left unrecorded by accident.
    """
    if not in_transaction():
        raise RuntimeError(f"{name} was recorded outside a transaction.")
    session = db.session()
    if session.info["recorded"]:
        session.info["recorded"][-1] += 1
    session.flush()
    event = Event(
        name=name,
        actor_person_id=actor.person_id,
        actor_membership_id=actor.membership_id,
        subject_type=subject.__event_subject__,
        subject_id=subject.id,
        organisation_id=organisation_id if organisation_id is not None else getattr(subject, "organisation_id", None),
        once_key=once_key,
        data={key: _fact(value) for key, value in (_for_whom(subject, actor) | data).items() if value is not None},
    )
    session.add(event)
    session.flush()
    if also_about is not None:
        _link(event, *also_about)
    for handler in _reactions[name]:
        handler(event, subject, actor)
    wake("notifications.dispatch")
    return event


@verb
def record_opening(
    subject: Any, name: str, *, actor: Actor, once_key: str, part_of: tuple[type[Any], int] | None
) -> None:
    """Write that somebody opened `subject`, also in the history of the row that it is a part of; nobody is told."""
    also_about = (part_of[0], part_of[1:]) if part_of is not None else None
    record(name, subject, actor=actor, once_key=once_key, also_about=also_about)


def _for_whom(subject: Any, actor: Actor) -> dict[str, Any]:
    """Whom the actor stands in for, where it is one of those who have the subject in hand."""
    found = actor.stands_in_for & getattr(subject, "holders", frozenset())
    return {"for_id": min(found)} if found else {}


def _link(event: Event, model: type[Any], ids: Iterable[int]) -> None:
    rows = [
        {"subject_type": model.__event_subject__, "subject_id": id_, "event_id": event.id} for id_ in sorted(set(ids))
    ]
    if rows:
        db.session.execute(sa.insert(EventLink), rows)


def _fact(value: Any) -> Any:
    """Ids, codes, integers and dates pass; free text and floats do not belong in the record."""
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, (date, datetime, uuid.UUID, Decimal)):
        return str(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_fact(item) for item in value]
    if isinstance(value, str) and len(value) <= 80 and "\n" not in value:
        return str(value)
    raise ValueError(f"{value!r} is not a fact for the record")
