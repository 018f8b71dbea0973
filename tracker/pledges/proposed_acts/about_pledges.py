"""What all acts of two persons on a pledge have in common: who may propose it, what it says, what it rests on."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.pledges import policies, queries
from tracker.pledges.actions import Action
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.seats import Moved
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


def may(action: Action, public_id: uuid.UUID, actor: Actor) -> Pledge:
    """The pledge, when the actor may propose this of it. Raises NotFound, Forbidden."""
    pledge = queries.get_visible(public_id, actor)
    authorize(policies.RULES, action, actor, rule_facts_of(pledge))
    return pledge


def proposed(name: ActName, pledge: Pledge, payload: dict[str, Any], reason: str, *, actor: Actor, key: str) -> str:
    """Put the act to whoever answers it. Gives its public id."""
    facts = {**payload, "pledge": pledge.reference}
    draft = Draft(name, f"pledge:{pledge.id}", None, facts, reason, pledge_id=pledge.id)
    return propose(draft, actor=actor, key=key)


def pledge_of(act: ProposedAct) -> Pledge:
    """The pledge that an act is about, as it stands now, with its earmarks."""
    statement = sa.select(Pledge).where(Pledge.id == act.pledge_id).options(selectinload(Pledge.earmarks))
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def saying(sentence: Callable[[Mapping[str, Any]], Any]) -> Callable[[Sequence[ProposedAct]], Mapping[int, Any]]:
    """A kind's `describe` out of the sentence of one payload."""

    def describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
        return {act.id: sentence(act.payload) for act in acts}

    return describe


def words_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Amount and pledge, as sentences name them."""
    return {"amount": format_money(payload["amount_minor"], payload["currency"]), "pledge": payload["pledge"]}


def or_moved(post: Callable[[], None], less: Any = None) -> None:
    """Do it; what refuses it now was let through when it was proposed, so that something moved. `less` is said instead
    of what stands at a field."""
    try:
        post()
    except Invalid as refused:
        raise Moved([less] if less else list((refused.fields or {"": refused.message}).values())) from refused
    except Conflict as moved:
        raise Moved([moved.message]) from moved
