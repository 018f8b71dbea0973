"""How much is open, counted once by every trait that the figures show, so that all totals are the same."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Status, WaitingFor
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries.nobody import has_no_officer
from tracker.assistance.queries.unconfirmed import waits_for_confirmation
from tracker.assistance.queries.visible import visible_to
from tracker.assistance.waiting import next_to_act
from tracker.calendar.now import now
from tracker.extensions import db
from tracker.languages.marking import N_
from tracker.reference.models import State
from tracker.reference.names import sort_key, state_name
from tracker.rights.actor import Actor
from tracker.triage.queue.filters import is_open

R = AssistanceRequest
AGES: tuple[tuple[str, timedelta | None], ...] = (
    (N_("up to 4 weeks"), timedelta(weeks=4)),
    (N_("4 weeks to 3 months"), timedelta(days=91)),
    (N_("over 3 months"), None),
)
"""Classes of age since the request was received, the youngest first."""


@dataclass(frozen=True, slots=True)
class OpenFigures:
    """Rows of (status, age class, regional group, kind, whether somebody has it, whether its clock ran out, whether
    something delivered waits for the State's word, number)."""

    rows: list[Any]

    @property
    def total(self) -> int:
        return sum(row.number for row in self.rows)

    @property
    def kinds(self) -> dict[str, int]:
        """Numbers by kind of request."""
        found: dict[str, int] = {}
        for row in self.rows:
            found[row.kind] = found.get(row.kind, 0) + row.number
        return found

    def count(self, **traits: Any) -> int:
        """How many have all these traits: `status`, `age` (index of AGES), `group` (None: no regional group),
        `assigned`, `overdue` and `unconfirmed` (0 or 1).
        """
        return sum(row.number for row in self.rows if all(getattr(row, name) == v for name, v in traits.items()))

    def wait_for(self, side: WaitingFor) -> int:
        """How many wait for `side` to act next."""
        return sum(
            row.number for row in self.rows if next_to_act(Status(row.status), unconfirmed=row.unconfirmed) is side
        )


def open_figures(actor: Actor) -> OpenFigures:
    """Open requests that the actor sees, in one statement."""
    at = now()
    limits = [(R.submitted_at > at - limit, index) for index, (_words, limit) in enumerate(AGES) if limit is not None]
    age = sa.case(*limits, else_=len(AGES) - 1).label("age")
    assigned = sa.case((has_no_officer(), 0), else_=1).label("assigned")
    overdue = sa.case((R.due_at < at, 1), else_=0).label("overdue")
    unconfirmed = sa.case((waits_for_confirmation(), 1), else_=0).label("unconfirmed")
    columns = (R.status, age, State.regional_group.label("group"), R.kind, assigned, overdue, unconfirmed)
    rows = db.session.execute(
        sa.select(*columns, sa.func.count().label("number"))
        .select_from(R)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(State, State.iso3 == Organisation.state_iso3)
        .where(is_open(), visible_to(actor))
        .group_by(R.status, State.regional_group, R.kind, *map(sa.text, ("age", "assigned", "overdue", "unconfirmed")))
    ).all()
    return OpenFigures(list(rows))


def states_with_accounts(language: str) -> list[tuple[str, str]]:
    """Codes and names of the States that are registered, in the alphabetical order of `language`."""
    rows = db.session.execute(
        sa.select(Organisation.code, Organisation.state_iso3).where(
            Organisation.kind == "state", Organisation.active.is_(True)
        )
    )
    named = ((row.code, state_name(row.state_iso3, language)) for row in rows)
    return sorted(named, key=lambda pair: sort_key(pair[1], language))
