"""What every proposal to change a promise has in common."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges import policies, queries
from tracker.pledges.actions import Action
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts.lifecycle import SPEAKERS, ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.seats import Moved
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

BY_BOTH: dict[str, Any] = {
    "proposers": ("donor_officer", "programme_manager"),
    "confirmers": tuple(SPEAKERS.values()),
    "of_both": True,
}
"""Who proposes what changes a promise, and who answers it."""


def may(action: Action, public_id: uuid.UUID, actor: Actor) -> Pledge:
    """The pledge, when the actor may propose this change of it. Raises NotFound, Forbidden."""
    pledge = queries.get_visible(public_id, actor)
    authorize(policies.RULES, action, actor, rule_facts_of(pledge))
    return pledge


def proposed(name: ActName, pledge: Pledge, payload: dict[str, Any], reason: str, *, actor: Actor, key: str) -> str:
    """Put the change to both sides. Gives the act's public id."""
    facts = {**payload, "pledge": pledge.reference}
    draft = Draft(name, f"pledge:{pledge.id}", None, facts, reason, pledge_id=pledge.id)
    return propose(draft, actor=actor, key=key)


def pledge_of(act: ProposedAct) -> Pledge:
    """The pledge that a change is about, as it stands now, with its earmarks."""
    statement = sa.select(Pledge).where(Pledge.id == act.pledge_id).options(selectinload(Pledge.earmarks))
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def must_stand(pledge: Pledge, action: Action) -> None:
    """Raise Conflict when the promise cannot be changed so while the pledge stands where it is."""
    if pledge.status not in policies.STANDS_FOR[action]:
        raise Conflict(lazy("Not possible while the pledge stands where it is now."))


def saying(sentence: Callable[[Mapping[str, Any]], Any]) -> Callable[[Sequence[ProposedAct]], Mapping[int, Any]]:
    """A kind's `describe` out of the sentence of one payload."""

    def describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
        return {act.id: sentence(act.payload) for act in acts}

    return describe


def or_moved(post: Callable[[], None]) -> None:
    """Do it; what refuses it now was let through when it was proposed, so that something moved."""
    try:
        post()
    except Invalid as less:
        raise Moved(list((less.fields or {"": less.message}).values())) from less
    except Conflict as moved:
        raise Moved([moved.message]) from moved
