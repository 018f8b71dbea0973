"""The rows of the queue that a page shows: the first so many in an order, also of a search."""

from typing import Any

import sqlalchemy as sa

from tracker import search
from tracker.accounts.models import Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.database.one_statement import Rows
from tracker.database.paging import Key, beyond
from tracker.reference.models import State
from tracker.rights.actor import Actor
from tracker.triage.queue.filters import Filters
from tracker.triage.queue.sorts import Sort

R = AssistanceRequest
FRONT = 500
"""How many rows a search reads in the queue's order before it asks the index."""


def narrowed(filters: Filters, actor: Actor, *columns: Any, with_state: bool = False) -> Rows:
    """Requests that match, with the State joined only where a filter or an order asks for it: a join that nobody
    needs leads the planner away from the queue's own indexes."""
    statement = sa.select(*columns).select_from(R)
    if with_state or filters.group or filters.state:
        statement = statement.join(Organisation, Organisation.id == R.organisation_id)
        statement = statement.outerjoin(State, State.iso3 == Organisation.state_iso3)
    return statement.where(*filters.conditions(actor))


def ordered(filters: Filters, actor: Actor, sort: Sort, *columns: Any) -> Rows:
    """Matching requests with what the order needs joined, no more: only the rows of the page are looked up whole."""
    statement = narrowed(filters, actor, *columns, with_state=sort.name in ("state", "reference"))
    return statement.outerjoin(Person, Person.id == R.assigned_to_id) if sort.name == "officer" else statement


class Window:
    """A place in the queue: what is looked for, in which order, from which position (none: the beginning) on."""

    def __init__(self, filters: Filters, actor: Actor, sort: Sort, *, position: list[Any] | None, backwards: bool):
        self.filters, self.actor, self.sort = filters, actor, sort
        self.keys = sort.keys(actor.language)
        self.backwards = backwards
        self.further = [beyond(self.keys, position, backwards=backwards)] if position is not None else []

    def ids(self, limit: int) -> sa.SelectBase:
        """A select of the ids of the first `limit` rows (in no order: they are looked up whole and sorted)."""
        if not self.filters.q:
            return self._first(self.filters, R.id).limit(limit)
        return self._searched(limit)

    def _first(self, filters: Filters, *columns: Any) -> Rows:
        order = [key.order(self.backwards) for key in self.keys]
        return ordered(filters, self.actor, self.sort, *columns).where(*self.further).order_by(*order)

    def _searched(self, limit: int) -> sa.SelectBase:
        """What a search finds, in one statement and two ways.

        A word that stands in very many requests stands in the first rows, too: they are read in the queue's order,
        and their own text is asked. Only when that does not fill the page is the index asked for all that match.
        """
        near = self._near(limit)
        full = sa.select(sa.func.count()).select_from(near).scalar_subquery() >= limit
        found = search.matching(R.__event_subject__, self.filters.q).cte().prefix_with("MATERIALIZED")
        rest = self._first(self.filters.without("q"), R.id).where(R.id.in_(sa.select(found.c.subject_id)))
        far = rest.limit(sa.case((full, 0), else_=limit)).subquery()  # neither engine begins what ends after no row
        return sa.union_all(sa.select(near.c.id).where(full), sa.select(far.c.id))

    def _near(self, limit: int) -> Any:
        """Those of the first rows that say it, at most `limit`."""
        values = [key.column.label(f"key_{n}") for n, key in enumerate(self.keys)]
        front = self._first(self.filters.without("q"), *values).limit(FRONT).subquery()
        keys = [Key(front.c[f"key_{n}"], key.descending, key.nullable) for n, key in enumerate(self.keys)]
        number = front.c[f"key_{len(keys) - 1}"]
        says = search.says_clause(R.__event_subject__, number, self.filters.q)
        order = [key.order(self.backwards) for key in keys]
        return sa.select(number.label("id")).where(says).order_by(*order).limit(limit).cte()
