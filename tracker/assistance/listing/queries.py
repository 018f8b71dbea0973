"""The State's own requests as a list: one statement a page, next and previous by the last row's values."""

from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from tracker import search
from tracker.assistance.lifecycle import CLOSED, OPEN, Kind, Status
from tracker.assistance.message_kinds import Side
from tracker.assistance.models import AssistanceRequest, Clarification
from tracker.assistance.queries.request_lists import unanswered_since
from tracker.assistance.queries.unconfirmed import unconfirmed_since
from tracker.assistance.queries.visible import visible_to
from tracker.database.paging import Key, beyond, read_cursor, write_cursor
from tracker.extensions import db
from tracker.rights.actor import Actor

R = AssistanceRequest
PAGE = 20
KEYS = (Key(R.updated_at, descending=True), Key(R.id, descending=True))
GROUPS: dict[str, frozenset[Status]] = {
    "preparing": frozenset({Status.DRAFT, Status.AWAITING_AUTHORISATION}),
    "open": OPEN,
    "closed": CLOSED,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; what is not understood narrows nothing."""

    q: str = ""
    status: str = ""
    kind: str = ""

    @classmethod
    def read(cls, args: Any) -> "Filters":
        """From the address."""
        status, kind = args.get("status", ""), args.get("kind", "")
        known = status in GROUPS or status in set(Status)
        return cls(
            q=args.get("q", "").replace("\x00", "").strip()[:200],
            status=status if known else "",
            kind=kind if kind in set(Kind) else "",
        )

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """What a row must satisfy."""
        found: list[sa.ColumnElement[bool]] = []
        if self.status:
            wanted = GROUPS.get(self.status) or {Status(self.status)}
            found.append(R.status.in_(sorted(wanted)))
        if self.kind:
            found.append(R.kind == self.kind)
        if self.q:
            found.append(search.match_clause(R.__event_subject__, R.id, self.q))
        return found

    def address(self) -> dict[str, str]:
        """The filters as parts of the address."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True, slots=True)
class Page:
    """Rows with the cursors of what comes before and after, empty when nothing does."""

    rows: list[Any]
    before: str
    after: str


def _handed_over_at() -> sa.Label[Any]:
    """When the answers to open questions were handed to the authority, as a column of a list."""
    still_open = Clarification.request_id == R.id, Clarification.answered_at.is_(None)
    latest = sa.select(sa.func.max(Clarification.handed_over_at)).where(*still_open)
    return latest.correlate(R).scalar_subquery().label("handed_over_at")


COLUMNS = (
    R.id,
    R.public_id,
    R.reference,
    R.kind,
    R.status,
    R.marking,
    R.seats_given_up,
    R.round_result,
    R.waits_since,
    R.title,
    R.language,
    R.due_at,
    R.drafter_id,
    R.updated_at,
    R.created_at,
    unconfirmed_since(),
    _handed_over_at(),
    *(unanswered_since(side) for side in Side),
    R.amount_usd_minor,
    R.amount_minor,
    R.currency,
    R.submitted_at,
)


def own_requests(actor: Actor, filters: Filters, *, after: str = "", before: str = "", limit: int = PAGE) -> Page:
    """One page of the requests of the actor's State that the actor may see, the last changed first."""
    backwards = bool(before)
    values = read_cursor(before or after, KEYS) if (before or after) else None
    own = R.organisation_id == actor.organisation_id
    statement = sa.select(*COLUMNS).where(visible_to(actor), own, *filters.conditions())
    if values is not None:
        statement = statement.where(beyond(KEYS, values, backwards=backwards))
    order = [key.order(backwards and values is not None) for key in KEYS]
    rows = list(db.session.execute(statement.order_by(*order).limit(limit + 1)).all())
    more, rows = len(rows) > limit, rows[:limit]
    if backwards and values is not None:
        rows.reverse()
    has_before = more if backwards and values is not None else values is not None
    has_after = True if backwards and values is not None else more
    return Page(
        rows,
        before=write_cursor([rows[0].updated_at, rows[0].id]) if rows and has_before else "",
        after=write_cursor([rows[-1].updated_at, rows[-1].id]) if rows and has_after else "",
    )
