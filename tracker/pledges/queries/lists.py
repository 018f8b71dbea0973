"""Lists of pledges and of instalments that fall due, and what a donor's desk shows beside its own."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.calendar.now import today
from tracker.database.one_statement import read_in_one_statement
from tracker.extensions import db
from tracker.pledges.lifecycle import Origin, Status
from tracker.pledges.models import Instalment, Pledge
from tracker.pledges.proposed_acts import kinds
from tracker.pledges.proposed_acts.lifecycle import SPEAKERS, ActStatus, Side
from tracker.pledges.proposed_acts.models import ActYes, ProposedAct
from tracker.pledges.queries.donors import donor_name
from tracker.pledges.queries.needs import Interests, as_interests, select_interests
from tracker.pledges.queries.requests import as_sums, select_sums
from tracker.pledges.queries.shares import select_earmarked_and_strict
from tracker.pledges.queries.totals import DonorTotals, as_totals, select_totals
from tracker.pledges.queries.unspent import ToGiveBack, as_to_give_back, select_to_give_back
from tracker.pledges.queries.visible import visible_to
from tracker.rights.actor import Actor

PAGE = 50
_LEFT = Instalment.amount_minor - Instalment.received_minor - Instalment.cancelled_minor


@dataclass(frozen=True, slots=True)
class PledgeRow:
    """One line of a list of pledges."""

    pledge: Pledge
    donor: str
    sums: dict[str, int]
    next_due: date | None
    next_minor: int | None

    @property
    def to_give_back(self) -> bool:
        """Whether what is available can be allocated no more and is due back."""
        return bool(self.sums["available"]) and not self.pledge.gives_on(today())


def list_pledges(
    actor: Actor, *, status: str = "", taken_over: bool = False, before: int | None = None, limit: int = PAGE
) -> list[PledgeRow]:
    """Pledges that the actor may see, the newest first, one page of them (`limit`, and one more when there are more).
    Those taken over from other lists stand apart: no money of theirs passes through here."""
    statement = _select_pledges(actor, taken_over=taken_over).limit(limit + 1)
    if status:
        statement = statement.where(Pledge.status == status)
    if before:
        statement = statement.where(Pledge.id < before)
    return _lines(db.session.execute(statement).all())[0]


def _select_pledges(actor: Actor, *, taken_over: bool) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(Pledge, Organisation.name, Organisation.state_iso3)
        .select_from(Pledge)
        .join(Organisation, Organisation.id == Pledge.donor_id)
        .where(visible_to(actor), (Pledge.origin == Origin.IMPORTED) == taken_over)
        .order_by(Pledge.id.desc())
        .limit(PAGE + 1)
    )


def _lines(rows: Sequence[Any], **more: sa.Select[*tuple[Any, ...]]) -> tuple[list[PledgeRow], dict[str, list[Any]]]:
    """Lines of a list for rows of (pledge, donor's name, its State); `more` selects join their statement."""
    ids = [row.Pledge.id for row in rows]
    if not ids and not more:
        return [], {}
    found = read_in_one_statement(sums=select_sums(ids), outstanding=_outstanding(ids), **more)
    sums = as_sums(ids, found["sums"])
    latest_first = sorted(found["outstanding"], key=lambda part: part.due_on, reverse=True)
    due = {part.pledge_id: (part.due_on, part.left_minor) for part in latest_first}
    lines = [
        PledgeRow(pledge, donor_name(name, iso3), sums[pledge.id], *due.get(pledge.id, (None, None)))
        for pledge, name, iso3 in rows
    ]
    return lines, found


def _outstanding(pledge_ids: list[int]) -> sa.Select[*tuple[Any, ...]]:
    return sa.select(Instalment.pledge_id, Instalment.due_on, _LEFT.label("left_minor")).where(
        Instalment.pledge_id.in_(pledge_ids), _LEFT > 0
    )


@dataclass(frozen=True, slots=True)
class Due:
    """An instalment that is outstanding or comes soon, with its pledge's public id, reference and currency.

    `outstanding_minor` is in minor units of that currency; `days` until it is due, below zero when past.
    """

    due_on: date
    outstanding_minor: int
    public_id: uuid.UUID
    reference: str
    currency: str
    donor: str
    days: int


def due_in_and_back(actor: Actor, *, until: date) -> tuple[list[Due], list[ToGiveBack], list[Any]]:
    """(instalments of accepted pledges that are due by a day and not wholly received, the oldest first; what pledges
    that give no more have to give back; earmarked money that stands for strictly confidential requests), in one
    statement."""
    found = read_in_one_statement(
        due=_select_due(actor, until, PAGE), back=select_to_give_back(), earmarked=select_earmarked_and_strict(actor)
    )
    return _as_due(found["due"]), as_to_give_back(found["back"]), sorted(found["earmarked"], key=lambda row: row.id)


def due_instalments(actor: Actor, *, until: date, limit: int) -> list[Due]:
    """Instalments of accepted pledges that are due by a day and not wholly received, the oldest first."""
    return _as_due(db.session.execute(_select_due(actor, until, limit)).all())


def _select_due(actor: Actor, until: date, limit: int) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Instalment.id,
            Instalment.due_on,
            _LEFT.label("left_minor"),
            Pledge.public_id,
            Pledge.reference,
            Pledge.currency,
            Organisation.name,
            Organisation.state_iso3,
        )
        .select_from(Instalment)
        .join(Pledge, Pledge.id == Instalment.pledge_id)
        .join(Organisation, Organisation.id == Pledge.donor_id)
        .where(visible_to(actor), Pledge.status == Status.ACCEPTED, Instalment.due_on <= until, _LEFT > 0)
        .order_by(Instalment.due_on, Instalment.id)
        .limit(limit)
    )


def _as_due(rows: Iterable[Any]) -> list[Due]:
    day = today()
    return [
        Due(
            row.due_on,
            row.left_minor,
            row.public_id,
            row.reference,
            row.currency,
            donor_name(row.name, row.state_iso3),
            (row.due_on - day).days,
        )
        for row in sorted(rows, key=lambda row: (row.due_on, row.id))
    ]


@dataclass(frozen=True, slots=True)
class DonorDesk:
    """What a donor's start shows of its own: `rows` as `list_pledges` gives them, `taken_over` how many pledges more
    stand in other lists, `due` instalments, the oldest first."""

    rows: list[PledgeRow]
    taken_over: int
    due: list[Due]
    totals: DonorTotals
    interests: Interests
    beside: Sequence[Any] = ()
    to_agree: Sequence[tuple[uuid.UUID, Any]] = ()
    """Changes of its promises that wait for its yes, as (public id, sentence)."""


def _select_to_agree(actor: Actor) -> sa.Select[*tuple[Any, ...]]:
    said = sa.exists().where(ActYes.act_id == ProposedAct.id, ActYes.side == Side.DONOR)
    waits = ProposedAct.status == ActStatus.WAITING, ProposedAct.kind.in_(kinds.names_of_both()), sa.not_(said)
    mine = visible_to(actor) if actor.has(SPEAKERS[Side.DONOR]) else sa.false()
    statement = sa.select(ProposedAct.id, ProposedAct.public_id, ProposedAct.kind, ProposedAct.payload)
    return statement.join(Pledge, Pledge.id == ProposedAct.pledge_id).where(*waits, mine)


def _as_to_agree(rows: Sequence[Any]) -> list[tuple[uuid.UUID, Any]]:
    said = kinds.sentences(rows)
    return [(row.public_id, said[row.id]) for row in sorted(rows, key=lambda row: row.id)]


def donor_desk(
    actor: Actor, *, until: date, most_due: int, beside: sa.Select[*tuple[Any, ...]] | None = None
) -> DonorDesk:
    """The actor's pledges, with all that stands beside them, in two statements; instalments due by a day. `beside`
    selects what a higher room shows on the desk, too."""
    rows, found = _lines(
        db.session.execute(_select_pledges(actor, taken_over=False)).all(),
        taken_over=sa.select(sa.func.count(Pledge.id).label("number")).where(
            visible_to(actor), Pledge.origin == Origin.IMPORTED
        ),
        due=_select_due(actor, until, most_due),
        interests=select_interests(actor),
        to_agree=_select_to_agree(actor),
        **select_totals(actor),
        **({} if beside is None else {"beside": beside}),
    )
    return DonorDesk(
        rows=rows,
        taken_over=found["taken_over"][0].number,
        due=_as_due(found["due"]),
        totals=as_totals(found),
        interests=as_interests(found["interests"]),
        beside=found.get("beside", []),
        to_agree=_as_to_agree(found["to_agree"]),
    )
