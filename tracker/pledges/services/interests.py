"""What a donor wants to be shown first."""

from collections.abc import Mapping

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Invalid, Stale
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges.actions import Action
from tracker.pledges.earmarks import ticks
from tracker.pledges.models import DonorInterest
from tracker.pledges.policies import RULES
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def set_interests(rules: Mapping[str, list[str]], *, actor: Actor, version: int | None) -> None:
    """Replace the interests of the actor's organisation; version 0 is that of none. Raises Stale when a colleague
    changed them meanwhile."""
    authorize(RULES, Action.SET_INTERESTS, actor, None)
    if not set(rules) <= set(ticks("wanted")):
        raise Invalid(lazy("That is no interest that can be kept."))
    kept = {name: sorted(codes) for name, codes in rules.items() if codes}
    mine = DonorInterest.organisation_id == actor.organisation_id
    row = db.session.scalars(sa.select(DonorInterest).where(mine)).one_or_none()
    seen = (row.version if row else 0) if version is None else version
    if row is None and seen == 0:
        row = DonorInterest(organisation_id=actor.organisation_id, rules=kept)
        db.session.add(row)
    elif not update_where(
        DonorInterest,
        mine,
        DonorInterest.version == seen,
        rules=kept,
        updated_at=now(),
        version=DonorInterest.version + 1,
    ):
        raise Stale(lazy("A colleague changed your interests while you had them open."))
    record("pledges.interests_set", row, actor=actor)
