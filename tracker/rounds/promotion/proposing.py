"""A promotion put to a second person."""

import uuid
from collections.abc import Sequence

from tracker.errors import Conflict, NotFound
from tracker.languages.marking import one_text
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.rights.actor import Actor
from tracker.rounds.paying import second_lines
from tracker.rounds.promotion import queries
from tracker.rounds.promotion.places import must_be_waiting
from tracker.rounds.queries import refuse_recused


def propose_promotion(
    public_id: uuid.UUID, *, actor: Actor, pledges: Sequence[int], reason: str, key: str | None = None
) -> str:
    """Propose a seat that is free for somebody who waits, from one or two pledges, the one that pays the fare first.
    Gives the act's public id. Raises Conflict with everything that stands against it."""
    person, session = queries.nominated(public_id, actor)
    refuse_recused(session.id, actor)
    found = must_be_waiting(session.id)
    table = found.table
    if not set(pledges) <= set(table.purses):
        raise NotFound
    if reasons := found.against(person.id):
        raise Conflict(one_text(reasons))
    sitting, who = found.sitting(person.request_id), found.next_person(person.request_id)
    if who is None:
        raise ValueError("that nobody is next stands against every promotion")
    second = second_lines(table, sitting, who, pledges, request_id=person.request_id)
    draft = Draft(
        ActName.PROMOTION,
        f"delegate:{person.id}",
        person.request_id,
        {
            "pledges": list(pledges),
            "references": [table.purses[pledge].reference for pledge in pledges],
            "second_lines": list(second),
            "costs": [list(cost) for cost in table.means.costs[person.id]],
            "amount_minor": who.estimate or 0,
        },
        reason,
        delegate_id=person.id,
    )
    return propose(draft, actor=actor, key=key)
