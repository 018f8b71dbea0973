"""The ledger beside the record: every act has its event, with its amount, and every event of money has its act."""

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.events import Event
from tracker.extensions import db
from tracker.pledges.lifecycle import ACTS, AccountKind
from tracker.pledges.models import Act, LedgerAccount, Transfer
from tracker.pledges.verification.finding import Finding

# These post nothing where nothing was expected any more.
_MAY_POST_NOTHING = ("withdraw", "lapse")


def _events() -> Iterator[Finding]:
    """An act is of the pledge, the person, the kind and the amount that its event says."""
    said = sa.cast(Event.data["amount_minor"].as_string(), sa.BigInteger)
    name = sa.case({act: kind.event for act, kind in ACTS.items()}, value=Act.name)
    moved = _amounts()
    statement = (
        sa.select(Act.id, Event.name, said, moved.c.amount)
        .outerjoin(Event, Event.id == Act.event_id)
        .outerjoin(moved, moved.c.act_id == Act.id)
        .where(
            sa.or_(
                Event.id.is_(None),
                Event.name != name,
                Event.subject_type != "pledge",
                Event.subject_id != Act.pledge_id,
                Event.actor_person_id.is_distinct_from(Act.actor_person_id),
                sa.and_(Act.name != "reversal", said != moved.c.amount),
            )
        )
        .order_by(Act.id)
    )
    for act_id, event, amount, posted in db.session.execute(statement):
        says = f"the record has {event or 'no event'}, amount {amount}; it moved {posted}"
        yield Finding("acts", str(act_id), f"it is not what the record says: {says}")


def _amounts() -> sa.Subquery:
    """What each act moved as its event says it: neither the legs that leave exchange nor what banks kept."""
    source, target = aliased(LedgerAccount), aliased(LedgerAccount)
    return (
        sa.select(Transfer.act_id, sa.func.sum(Transfer.amount_minor).label("amount"))
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .where(source.kind != AccountKind.EXCHANGE, target.kind != AccountKind.LOST)
        .group_by(Transfer.act_id)
        .subquery()
    )


def _lost_acts() -> Iterator[Finding]:
    """The record knows of a step on money that the ledger does not have."""
    names = [kind.event for act, kind in ACTS.items() if act not in _MAY_POST_NOTHING]
    statement = (
        sa.select(Event.id, Event.name)
        .outerjoin(Act, Act.event_id == Event.id)
        .where(Event.name.in_(names), Act.id.is_(None))
        .order_by(Event.id)
    )
    for event_id, name in db.session.execute(statement):
        yield Finding("events", str(event_id), f"{name} is in the record, its act is not in the ledger")


CHECKS = (_events, _lost_acts)
