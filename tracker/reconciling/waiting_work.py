"""What of the finance system's entries waits for finance officers, by the conditions of the lists."""

from typing import Any

import sqlalchemy as sa

from tracker.accounts.waiting_work import RoleWork
from tracker.database.columns import BigId
from tracker.database.one_statement import Rows
from tracker.languages.marking import N_
from tracker.reconciling.models import FinanceEntry
from tracker.reconciling.policies import RECONCILERS
from tracker.reconciling.queries.entries import WAITS
from tracker.reconciling.queries.postings import unmatched


def _entries() -> Rows:
    return _of_the_office(sa.select(sa.func.count(FinanceEntry.id).label("number")).where(WAITS))


def _postings() -> Rows:
    steps = unmatched(only_waiting=True).subquery()
    return _of_the_office(sa.select(sa.func.count(steps.c.act_id).label("number")))


def _of_the_office(number: sa.Select[Any]) -> Rows:
    return number.add_columns(sa.cast(sa.null(), BigId).label("organisation_id"))


FOR_ROLES = (
    RoleWork("finance_entries", frozenset(RECONCILERS), N_("Entries of the finance system to reconcile"), _entries),
    RoleWork("postings", frozenset(RECONCILERS), N_("Receipts and payments missing in the finance system"), _postings),
)
