"""What is being typed into a form is kept for whoever types it, and for nobody else, until it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import delete_where
from tracker.database.verbs import IdempotencyKey, verb
from tracker.errors import TooLarge
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.typed.models import UnsentForm

Fields = Sequence[tuple[str, str]]
KEPT_FOR = timedelta(days=30)
MOST_FORMS = 50
MOST_CHARACTERS = 200_000
"""What may be kept for one person at a time, and of one form."""
U = UnsentForm


@verb(events=0)
def keep(*, actor: Actor, form_key: str, address: str, form: str, opened_on: int, fields: Fields) -> None:
    """Keep what stands in a form now instead of what was kept of it; nothing where it has been sent meanwhile.

    Raises TooLarge beyond what may be kept.
    """
    if sum(len(name) + len(text) for name, text in fields) > MOST_CHARACTERS:
        raise TooLarge
    mine, key = U.person_id == actor.person_id, form_key[:64]
    if db.session.scalar(sa.select(IdempotencyKey.key).where(IdempotencyKey.key == key)) is not None:
        return
    kept = db.session.scalar(sa.select(U).where(mine, U.key == key))
    if kept is None:
        if db.session.scalars(sa.select(U.id).where(mine).limit(MOST_FORMS)).all()[MOST_FORMS - 1 :]:
            raise TooLarge(lazy("Too many forms are typed and not sent. Send some, or throw them away."))
        kept = U(person_id=actor.person_id, key=key, address=address, form=form)
        db.session.add(kept)
    kept.opened_on, kept.fields, kept.saved_at = opened_on, [list(pair) for pair in fields], now()


def kept_for(person_id: int, address: str, form: str) -> Sequence[UnsentForm]:
    """What that person has typed into this form and not sent, the latest first."""
    mine = sa.select(U).where(U.person_id == person_id, U.address == address, U.form == form)
    return db.session.scalars(mine.where(U.saved_at > now() - KEPT_FOR).order_by(U.saved_at.desc(), U.id.desc())).all()


@verb(events=0)
def forget(*, actor: Actor, form_key: str) -> int:
    """Forget what was kept of a form, because it was sent or is to be thrown away; gives the number of forms."""
    return delete_where(U, U.person_id == actor.person_id, U.key == form_key[:64])


@verb(events=0)
def forget_old_unsent_forms() -> int:
    """Delete what nobody came back to; gives the number of forms."""
    return delete_where(U, U.saved_at <= now() - KEPT_FOR)
