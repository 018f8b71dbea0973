"""The systems whose files are read."""

import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.reconciling.models import FinanceSource
from tracker.rights.actor import Actor


def sources() -> Sequence[FinanceSource]:
    """Every system, by its name."""
    return db.session.scalars(sa.select(FinanceSource).order_by(FinanceSource.name)).all()


def source_choices(_actor: Actor) -> list[tuple[str, Any]]:
    """The systems of which a file can be."""
    return [(str(one.public_id), one.name) for one in sources()]


def find_source(public_id: str) -> FinanceSource | None:
    """The system that was chosen, or None."""
    try:
        known = uuid.UUID(public_id)
    except ValueError:
        return None
    return db.session.scalars(sa.select(FinanceSource).where(FinanceSource.public_id == known)).one_or_none()


def get_source(public_id: uuid.UUID) -> FinanceSource:
    """One system; NotFound."""
    same = FinanceSource.public_id == public_id
    row = db.session.scalars(
        sa.select(FinanceSource).where(same).execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row
