"""Whether what was recorded is true: a receipt or payment is confirmed by a second finance officer, or by the finance
system's own entry. Nothing waits for it; what nobody confirmed is marked and listed."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from tracker.calendar.now import now
from tracker.database.transactions import delete_where
from tracker.database.verbs import verb
from tracker.errors import Conflict
from tracker.events import record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import queries
from tracker.pledges.actions import Action
from tracker.pledges.lifecycle import CONFIRMED_STEPS
from tracker.pledges.models import Act, FoundThere, PostingConfirmation
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


def confirm_by_entries(found: Sequence[FoundThere]) -> int:
    """Note that the finance system has an entry for each of these steps, in the transaction and for the event of
    whoever read its entries. Gives how many were not confirmed before. What is none to confirm is passed over, and so
    is what one of those recorded who say it: a file can be made by hand."""
    by_act, moment = {one.act_id: one for one in found}, now()
    known = sa.select(Act.id, Act.actor_person_id).where(Act.id.in_(by_act), Act.name.in_(CONFIRMED_STEPS))
    rows = db.session.execute(known.order_by(Act.id)).all()
    own = [by_act[act_id] for act_id, recorded_by in rows if recorded_by not in by_act[act_id].said_by]
    return _keep([{"act_id": one.act_id, "entry": one.reference[:120], "at": moment} for one in own])


def forget_confirmations_by_entries(act_ids: sa.Select[int]) -> None:
    """The entries behind these confirmations are gone; what a person confirmed stays."""
    by_entry = PostingConfirmation.entry.is_not(None)
    delete_where(PostingConfirmation, by_entry, PostingConfirmation.act_id.in_(act_ids))


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
