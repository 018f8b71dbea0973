"""Who leaves hands over first: what stands in their name passes on in the transaction that takes their roles away, and
the last holder of a role for which something waits does not go unseen."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from tracker.accounts import queries
from tracker.accounts.models import Absence, Membership, Person
from tracker.accounts.queries.leaving import Unheld, Waits
from tracker.accounts.roles import ROLES, in_order
from tracker.accounts.waiting_work import for_roles
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.errors import Doubtful, Forbidden, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.rights.actor import Actor
from tracker.rights.rules import Refusal

GROUP = "group"
"""Chosen as successor: nobody in particular, but whoever has the same role."""


def pass_on(
    memberships: Iterable[Membership],
    *,
    actor: Actor,
    successor: str | None,
    sure: bool = False,
    kept: Iterable[str] = (),
) -> None:
    """Before these memberships of one person lose all roles but those `kept`: hand over what stands in the person's
    name, to the `successor` (a membership's public id) or to the group; inside a verb.

    Raise Invalid when it was not said who takes over, Doubtful when nobody would be left for what waits for a role and
    the actor is not `sure`, Forbidden when that is not the actor's to say.
    """
    leaving, kept = list(memberships), set(kept)
    if not any(membership.roles - kept for membership in leaving):
        return
    # Whoever gives something to this person, or takes their roles, at the same moment waits here.
    db.session.execute(sa.select(Person.id).where(Person.id == leaving[0].person_id).with_for_update())
    _must_not_be_missed(leaving, kept, actor, sure=sure)
    held = [(membership, queries.held_by(membership, kept=kept)) for membership in leaving]
    passing = [(membership, [one for one in waits if one.passes]) for membership, waits in held]
    if successor is None and any(waits for _membership, waits in passing):
        raise Invalid(fields={"successor": lazy("Choose who takes over what waits for this person.")})
    chosen = _chosen(passing, successor)
    if not kept:
        theirs = Absence.membership_id.in_([membership.id for membership in leaving])
        update_where(Absence, theirs, Absence.ended_at.is_(None), ended_at=now())
    for membership, waits in passing:
        for one in waits:
            _hand_over(one, chosen if chosen and chosen[0] == membership.id else None, actor)


def _hand_over(one: Waits, chosen: tuple[int, int, set[str]] | None, actor: Actor) -> None:
    fits = chosen is not None and bool(chosen[2] & one.kind.roles)
    if one.kind.hand_over is not None:
        one.kind.hand_over(one.leaver, chosen[1] if fits and chosen else None, actor)


def _chosen(passing: list[tuple[Membership, list[Waits]]], successor: str | None) -> tuple[int, int, set[str]] | None:
    """Which membership the successor follows, the successor's id and roles; None for the group. Raises Invalid."""
    if successor in (None, GROUP):
        return None
    for membership, waits in passing:
        for row in queries.successors(membership, [one.kind for one in waits]) if waits else ():
            if str(row.public_id) == successor:
                db.session.execute(sa.select(Person.id).where(Person.id == row.person_id).with_for_update(read=True))
                return membership.id, row.person_id, set(row.roles.split(","))
    raise Invalid(fields={"successor": lazy("Choose somebody who holds the same role now.")})


def _must_not_be_missed(leaving: list[Membership], kept: set[str], actor: Actor, *, sure: bool) -> None:
    left = still_waiting(leaving, kept)
    if not left:
        return
    if not (actor.is_system or actor.has("administrator")):
        raise Forbidden(Refusal("last_holder", last_holder_sentence(left[0])))
    if not sure:
        raise Doubtful(fields={f"last_holder_{place}": last_holder_sentence(one) for place, one in enumerate(left)})


def still_waiting(leaving: Iterable[Membership], kept: Iterable[str] = ()) -> list[Unheld]:
    """What would wait for roles that nobody holds any more, when these memberships keep no others than those."""
    leaving, kept = list(leaving), set(kept)
    lost = frozenset[str]().union(*(membership.roles for membership in leaving)) - kept
    organisations = {
        None if membership.organisation.kind == "office" else membership.organisation.home.id for membership in leaving
    }
    without = [membership.id for membership in leaving]
    return queries.unheld(for_roles(lost, kept), without=without, of=organisations)


def last_holder_sentence(one: Unheld) -> Any:
    """Why somebody should not go yet, in a sentence."""
    role = lazy(ROLES[in_order(one.work.roles)[0]].label)
    return lazy(
        "Nobody else here holds the role “%(role)s”, and this waits for it: %(what)s (%(number)d). "
        "Give the role to somebody else first.",
        role=role,
        what=lazy(one.work.label),
        number=one.number,
    )
