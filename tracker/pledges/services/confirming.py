"""Whether what was recorded is true: a receipt or payment is confirmed by a second finance officer, or by the finance
system's own entry. Nothing waits for it; what nobody confirmed is marked and listed."""

import uuid
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.calendar.now import now
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import queries
from tracker.pledges.actions import Action
from tracker.pledges.lifecycle import CONFIRMED_STEPS
from tracker.pledges.models import Act, PostingConfirmation
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import PostingFacts
from tracker.pledges.services.reversals import payment_of
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def confirm_posting(act_id: uuid.UUID, *, actor: Actor) -> None:
    """A finance officer found that a receipt, payment or recovery which a colleague recorded is true. Raises NotFound,
    also where the actor may not know the request that was paid; Conflict when it is confirmed or reversed already."""
    act, pledge = queries.get_act(act_id, actor)
    payment = payment_of(act)
    if payment is not None:
        queries.get_allocation(payment[1].public_id, actor)
    authorize(RULES, Action.CONFIRM_POSTING, actor, facts_of_posting(act))
    if not _keep([{"act_id": act.id, "confirmed_by_id": actor.person_id, "at": now()}]):
        raise Conflict(lazy("This is confirmed already."))
    record("pledges.posting_confirmed", pledge, actor=actor, act_id=act.id, act=act.name)


def confirm_by_entries(entries: Mapping[int, str]) -> int:
    """Note that the finance system has an entry for each of these steps (ids of acts, with the entry's reference), in
    the transaction and for the event of whoever read its entries. Gives how many were not confirmed before; a step that
    is none to confirm is passed over."""
    known = sa.select(Act.id).where(Act.id.in_(entries), Act.name.in_(CONFIRMED_STEPS)).order_by(Act.id)
    moment = now()
    return _keep([{"act_id": one, "entry": entries[one][:120], "at": moment} for one in db.session.scalars(known)])


def facts_of_posting(act: Act) -> PostingFacts:
    """What the rule asks of a step of the ledger; one statement."""
    undone = sa.select(Act.id).where(Act.reverses_id == act.id)
    return PostingFacts(
        is_of_a_bank=act.name in CONFIRMED_STEPS,
        recorded_by_id=act.actor_person_id,
        is_reversed=db.session.scalar(undone) is not None,
    )


def _keep(rows: list[dict[str, Any]]) -> int:
    """Write the confirmations that are not there yet; of two at once one is written."""
    if not rows:
        return 0
    insert = postgresql.insert if db.session.connection().dialect.name == "postgresql" else sqlite.insert
    added = insert(PostingConfirmation).values(rows).on_conflict_do_nothing().returning(PostingConfirmation.act_id)
    return len(db.session.scalars(added).all())
