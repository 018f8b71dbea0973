"""How often a person wants mail."""

from collections.abc import Mapping

import sqlalchemy as sa

from tracker.accounts.models import Person
from tracker.calendar.now import now
from tracker.database.seen import refuse_stale
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.database.wake_ups import wake
from tracker.errors import Forbidden, Invalid
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.notifications.catalogue import KINDS
from tracker.notifications.lifecycle import Cadence, Channel, Status
from tracker.notifications.models import Delivery, Preference
from tracker.notifications.queries import preferences_of
from tracker.notifications.services.digesting import digest_for
from tracker.rights.actor import Actor


@verb
def set_preferences(cadences: Mapping[str, str], *, actor: Actor, version: int | None) -> int:
    """Keep the actor's cadence for each kind named, and move what already waits accordingly; changes made.

    Raises Invalid for a kind or cadence that does not exist; decisions and security notes have none.
    """
    if actor.person_id is None:
        raise Forbidden
    wrong = {kind for kind, cadence in cadences.items() if kind not in KINDS or cadence not in set(Cadence)}
    if wrong:
        raise Invalid(fields=dict.fromkeys(wrong, lazy("Choose one of the answers.")))
    before = preferences_of(actor)
    refuse_stale(version, before)
    changes = {kind: cadence for kind, cadence in cadences.items() if before.get(kind, Cadence.AT_ONCE) != cadence}
    for kind, cadence in changes.items():
        db.session.merge(Preference(person_id=actor.person_id, kind=kind, cadence=cadence, changed_at=now()))
        _move_waiting(actor.person_id, kind, cadence)
    person = db.session.get_one(Person, actor.person_id)
    record("notifications.preferences_changed", person, actor=actor, kinds=sorted(changes))
    return len(changes)


def _move_waiting(person_id: int, kind: str, cadence: str) -> None:
    """Mail of this kind that waits in a digest: freed, moved to the other digest, or not sent at all."""
    waiting = (
        Delivery.person_id == person_id,
        Delivery.kind == kind,
        Delivery.channel == Channel.EMAIL,
        Delivery.status == Status.PENDING,
        Delivery.digest_id.is_not(None),
    )
    if cadence == Cadence.NONE:
        update_where(Delivery, *waiting, status=Status.SUPPRESSED, digest_id=None)
    elif cadence == Cadence.AT_ONCE:
        update_where(Delivery, *waiting, digest_id=None, due_at=now())
        wake("notifications.deliver")
    elif db.session.scalar(sa.select(Delivery.id).where(*waiting).limit(1)) is not None:
        update_where(Delivery, *waiting, digest_id=digest_for(person_id, cadence))
