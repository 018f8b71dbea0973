"""The facts of a report, read once for each reader and limited to what that reader may know.

The office reads the requests that each of its people may see; in a file strictly confidential ones stand as amounts
alone. A donor reads what its own money pays. The public's facts are counted only, and merged before anybody sees them.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.lifecycle import Kind, Marking
from tracker.assistance.models import AssistanceRequest, Consent
from tracker.assistance.queries import visible_to
from tracker.calendar.now import today
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.board.money import asked_of
from tracker.participation.board.queries import Board, board_of
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import ENDED, SeatStatus
from tracker.participation.seats.models import Seat
from tracker.participation.seats.queries import pays_its_fare
from tracker.participation.settling import queries as settling
from tracker.participation.support.queries import support_of
from tracker.participation.support.terms import USUAL_DAYS, Support
from tracker.participation.travel.models import SeatTravel
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Allocation, Disbursement, Earmark, LedgerAccount, Pledge, SeatLine
from tracker.pledges.queries.donors import donor_name
from tracker.reference import country_lists
from tracker.reference.models import Session, State
from tracker.reporting.facts import Apart, Facts, LineFact, MoneyFact, PledgeFact, SeatFact
from tracker.rights.actor import Actor

R = AssistanceRequest
OPEN = R.marking != Marking.STRICTLY_CONFIDENTIAL
STRICT = R.marking == Marking.STRICTLY_CONFIDENTIAL


def facts_for_office(session: Session, actor: Actor, *, as_file: bool = False) -> Facts:
    """What the actor may read of a session. Nothing strictly confidential is exported: of such requests a file has the
    amounts alone."""
    where = (visible_to(actor), OPEN) if as_file else (visible_to(actor),)
    board = board_of(session, actor, *where)
    support = support_of(session.id)
    return replace(
        _facts(session, board, support, where),
        asked=asked_of(session, support, board, actor, *where) if support and board.rows else None,
        withheld=_withheld(session, actor),
        apart=_apart(session, visible_to(actor)) if as_file else Apart(),
    )


def facts_for_donor(session: Session, actor: Actor) -> Facts:
    """What the money of the actor's organisation pays of a session: seats, States and amounts, nobody by name and
    nothing of what others pay. Of a strictly confidential request a donor learns the amount only, on the page of its
    pledge, and not for which session. Raises NotFound where its money pays nothing of this one."""
    own = Pledge.organisation_id.in_(ids_of(actor.organisation_id))
    board = Board((), (), session.closing_on or today())
    facts = _facts(session, board, support_of(session.id), (OPEN, own), paid_by=_paid_by(actor))
    if not (actor.is_donor and facts.money):
        raise NotFound
    return facts


def facts_for_public(session: Session) -> tuple[Facts, dict[int, frozenset[str]]]:
    """What is counted for everybody, and the fields that States agreed to publish, by request. Nothing of it is shown
    before `publishing.publication` has merged it, and nothing of strictly confidential requests is in it."""
    board = board_of(session, Actor.system, OPEN)
    facts = _facts(session, board, support_of(session.id), (OPEN,))
    open_ = any(one.is_open or one.owed for one in settling.of_session(session.id, Actor.system, OPEN))
    ended = all(SeatStatus(one.status) in ENDED for one in facts.seats)
    return replace(facts, settled=ended and not open_), published_fields(board.request_ids)


def published_fields(request_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The fields that States agreed to show the public, by request."""
    found: dict[int, set[str]] = defaultdict(set)
    statement = sa.select(Consent.request_id, Consent.field).where(
        Consent.request_id.in_(request_ids), Consent.audience == "public", Consent.revoked_at.is_(None)
    )
    for request_id, field in db.session.execute(statement) if request_ids else ():
        found[request_id].add(field)
    return {request_id: frozenset(fields) for request_id, fields in found.items()}


def _paid_by(actor: Actor) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Whether a seat is paid by the actor's organisation, and whether by nobody else."""
    own = Pledge.organisation_id.in_(ids_of(actor.organisation_id))
    pays = sa.select(Allocation.id).join(Pledge, Pledge.id == Allocation.pledge_id)
    paying = pays.where(Allocation.seat_id == Seat.id)
    return paying.where(own).correlate(Seat).exists(), ~paying.where(sa.not_(own)).correlate(Seat).exists()


def _facts(
    session: Session,
    board: Board,
    support: Support | None,
    where: Sequence[Any],
    *,
    paid_by: tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]] | None = None,
) -> Facts:
    days = support.terms.days["ticket"] if support else USUAL_DAYS["ticket"]
    counted_back = session.starts_on - timedelta(days=days) if session.starts_on else None
    last = support.day_of("ticket") if support else counted_back
    rows = _money(session, where)
    return Facts(
        board=board,
        seats=_seats(session, (OPEN, paid_by[0]), paid_by[1]) if paid_by else _seats(session, where, sa.true()),
        money=[_allocation(row) for row in rows],
        pledges=_pledges(rows),
        lines=_lines(session, where),
        asked=None,
        ticket_day=last,
        ticket_days=(session.starts_on - last).days if session.starts_on and last else days,
    )


def of_session(session: Session) -> sa.ColumnElement[bool]:
    """The requests for support at a session that were ever released."""
    return sa.and_(R.session_id == session.id, R.kind == Kind.PARTICIPATION, R.submitted_at.is_not(None))


def _withheld(session: Session, actor: Actor) -> int:
    hidden = sa.select(sa.func.count()).select_from(R).where(of_session(session), sa.not_(visible_to(actor)))
    return db.session.scalar(hidden) or 0


def _seats(session: Session, where: Sequence[Any], alone: sa.ColumnElement[bool]) -> list[SeatFact]:
    paying = aliased(Allocation)
    of_the_person = sa.and_(SeatTravel.seat_id == Seat.id, SeatTravel.delegate_id == Seat.delegate_id)
    lists = {one.name: one for one in country_lists.columns_on(session.closing_on or today())}
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            *(Seat.id, Seat.request_id, State.iso3, State.regional_group),
            *(lists["ldc"], lists["lldc"], lists["sids"]),
            *(Seat.status, Seat.cause, Seat.borne_by, Seat.given_back, Delegate.gender),
            *(SeatTravel.ticket_issued_on, paying.pledge_id, alone),
        )
        .join(Delegate, Delegate.id == Seat.delegate_id)
        .join(R, R.id == Seat.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(SeatTravel, of_the_person)
        .outerjoin(paying, paying.id == pays_its_fare())
        .where(of_session(session), *where)
        .order_by(Seat.id)
    )
    return [SeatFact(*tuple(row)) for row in db.session.execute(statement)]


def _money(session: Session, where: Sequence[Any]) -> Sequence[Any]:
    """What every approved allocation of a session's requests holds and paid, by pledge."""
    held, paid, donor = aliased(LedgerAccount), aliased(LedgerAccount), aliased(Organisation)
    statement = (
        sa.select(
            *(Allocation.pledge_id, Allocation.request_id, Allocation.seat_id, Organisation.state_iso3),
            *(Allocation.amount_minor, Pledge.public_id, Pledge.reference),
            donor.name,
            donor.state_iso3.label("donor_iso3"),
            sa.func.coalesce(held.balance_minor, 0).label("held"),
            sa.func.coalesce(paid.balance_minor, 0).label("paid"),
        )
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(donor, donor.id == Pledge.organisation_id)
        .join(R, R.id == Allocation.request_id)
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(held, sa.and_(held.allocation_id == Allocation.id, held.kind == AccountKind.HELD))
        .outerjoin(paid, sa.and_(paid.allocation_id == Allocation.id, paid.kind == AccountKind.PAID))
        .where(of_session(session), Allocation.approved_at.is_not(None), *where)
        .order_by(Pledge.reference, Allocation.id)
    )
    return db.session.execute(statement).all()


def _allocation(row: Any) -> MoneyFact:
    return MoneyFact(
        row.pledge_id, row.request_id, row.seat_id, row.state_iso3 or "", row.amount_minor, row.held, row.paid
    )


def _pledges(rows: Sequence[Any]) -> list[PledgeFact]:
    """The pledges behind these rows, in their order."""
    found = {row.pledge_id: row for row in rows}
    names = _states_named(found) if found else {}
    return [
        PledgeFact(
            *(row.pledge_id, row.public_id, row.reference, donor_name(row.name, row.donor_iso3)),
            tuple(sorted(names.get(row.pledge_id, ()))),
        )
        for row in found.values()
    ]


def _states_named(pledge_ids: Collection[int]) -> dict[int, set[str]]:
    """The single States that pledges name for what they pay."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = sa.select(Earmark.pledge_id, Earmark.codes).where(
        Earmark.rule == "states", Earmark.pledge_id.in_(pledge_ids)
    )
    for pledge_id, codes in db.session.execute(rows):
        found[pledge_id].update(codes)
    return found


def _lines(session: Session, where: Sequence[Any]) -> list[LineFact]:
    """Each line over the session's seats. What was reversed since is not counted."""
    reversal = aliased(Act)
    signed = sa.case((Disbursement.direction == "paid", Disbursement.amount_minor), else_=-Disbursement.amount_minor)
    paid = (
        sa.select(Disbursement.seat_line_id, sa.func.sum(signed).label("paid"))
        .outerjoin(reversal, reversal.reverses_id == Disbursement.act_id)
        .where(Disbursement.seat_line_id.is_not(None), reversal.id.is_(None))
        .group_by(Disbursement.seat_line_id)
        .subquery()
    )
    statement = (
        sa.select(
            SeatLine.kind,
            sa.func.coalesce(sa.func.sum(SeatLine.estimate_minor), 0),
            sa.func.coalesce(sa.func.sum(paid.c.paid), 0),
        )
        .join(Allocation, Allocation.id == SeatLine.allocation_id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .join(R, R.id == Allocation.request_id)
        .outerjoin(paid, paid.c.seat_line_id == SeatLine.id)
        .where(of_session(session), *where)
        .group_by(SeatLine.kind)
    )
    return [LineFact(kind, int(estimate), int(minor)) for kind, estimate, minor in db.session.execute(statement)]


def _apart(session: Session, where: sa.ColumnElement[bool]) -> Apart:
    """The amounts of strictly confidential requests."""
    requests = sa.select(sa.func.count()).select_from(R).where(of_session(session), STRICT, where)
    balance = LedgerAccount.balance_minor

    def of(kind: AccountKind) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((LedgerAccount.kind == kind, balance), else_=0)), 0)

    sums = (
        sa.select(requests.scalar_subquery(), of(AccountKind.HELD), of(AccountKind.PAID))
        .select_from(LedgerAccount)
        .join(Allocation, Allocation.id == LedgerAccount.allocation_id)
        .join(R, R.id == Allocation.request_id)
        .where(of_session(session), STRICT, where)
    )
    number, held, paid = db.session.execute(sums).one()
    return Apart(number or 0, int(held), int(paid))
