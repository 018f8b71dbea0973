"""The facts of an annual report, read for its donor alone: what that donor may know of what its own money pays."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from tracker.accounts.models import Organisation
from tracker.accounts.queries.aliases import ids_of
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.money import FUND_CURRENCY, to_major
from tracker.participation.board.groups import LISTS
from tracker.participation.seats.models import Seat
from tracker.participation.seats.queries import pays_its_fare
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Allocation, Disbursement, LedgerAccount, Pledge, SeatLine, Transfer
from tracker.pledges.queries.names import short_number
from tracker.pledges.queries.visible import may_describe
from tracker.reference import country_lists
from tracker.reference.models import Session, State
from tracker.rights.actor import Actor
from tracker.statements.annual.facts import Facts, LineFact, PledgeYear, RequestFact, SeatFact, Use
from tracker.statements.figures import PledgeFigures, Sums
from tracker.statements.periods import Period
from tracker.statements.queries import Steps, figures_of

R = AssistanceRequest
RECEIPTS = ("receipt", "apply")
SPENDABLE = (AccountKind.AVAILABLE, AccountKind.HELD, AccountKind.PAID)


def as_donor(organisation_id: int) -> Actor:
    """Somebody of a donor, by whose limits its report is read whoever asks for it."""
    return Actor(organisation_id=organisation_id, roles=frozenset({"donor_officer"}))


def pledges_with_money(organisation_id: int) -> list[Pledge]:
    """A donor's pledges whose money is kept here, by their references."""
    own = Pledge.organisation_id.in_(ids_of(organisation_id))
    return list(db.session.scalars(sa.select(Pledge).where(own, Pledge.acts_posted > 0).order_by(Pledge.reference)))


def facts_of(organisation_id: int, period: Period, tell: Any = lambda done, total: None) -> Facts:
    """The facts of a year; `tell` is told how many pledges are counted, of how many."""
    pledges = pledges_with_money(organisation_id)
    rates = average_rates([one.id for one in pledges], period)
    years, moved = [], {}
    for done, pledge in enumerate(pledges):
        tell(done, len(pledges))
        figures = figures_of(pledge, Steps(period))
        years.append(_year(pledge, figures, rates.get(pledge.id, "")))
        moved[pledge.id] = figures
    uses = list(_uses([one.id for one in pledges], moved))
    requests = _requests({one.request for one in uses}, period.last, as_donor(organisation_id))
    known = {one.id for one in requests}
    return Facts(
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        pledges=years,
        uses=uses,
        requests=requests,
        seats=_seats({one.seat for one in uses if one.seat and one.request in known}, organisation_id),
        lines=[one for one in _lines(list(moved), uses, period) if one.request in known],
    )


def _year(pledge: Pledge, figures: PledgeFigures, rate: str) -> PledgeYear:
    before, after = figures.opening, figures.closing
    moved = {line.number: _spendable(line.changes) for line in figures.lines}
    back = -sum(moved[line.number] for line in figures.lines if line.group == "returned")
    gives = pledge.gives_on(figures.period.last)
    return PledgeYear(
        id=pledge.id,
        reference=pledge.reference,
        currency=pledge.currency,
        opening=before[AccountKind.AVAILABLE] + before[AccountKind.HELD],
        came=sum(moved.values()) + back,
        paid=after[AccountKind.PAID] - before[AccountKind.PAID],
        returned=back,
        held=after[AccountKind.HELD],
        available=after[AccountKind.AVAILABLE],
        earned=figures.support(after).earned_minor - figures.support(before).earned_minor,
        rate=rate,
        gives_until=(pledge.ends_on.isoformat() if pledge.ends_on else "") if gives else None,
    )


def _spendable(sums: Sums) -> int:
    """What of these changes is money to be spent, wherever it stands."""
    return sum(sums.get(kind, 0) for kind in SPENDABLE)


def average_rates(pledge_ids: Collection[int], period: Period) -> dict[int, str]:
    """{pledge id: units of its currency for one dollar} over what came in until the end, less what was reversed."""
    source, target, reversed_ = aliased(LedgerAccount), aliased(LedgerAccount), aliased(Act)
    sign = sa.case((Act.reverses_id.is_(None), 1), else_=-1)
    into = sa.case((Act.reverses_id.is_(None), target.kind), else_=source.kind)
    out_of = sa.case((Act.reverses_id.is_(None), source.kind), else_=target.kind)
    statement = (
        sa.select(
            *(Pledge.id, Pledge.currency),
            sa.func.sum(sa.case((into == AccountKind.EXCHANGE, sign * Transfer.amount_minor), else_=0)),
            sa.func.sum(sa.case((out_of == AccountKind.EXCHANGE, sign * Transfer.amount_minor), else_=0)),
        )
        .select_from(Transfer)
        .join(Act, Act.id == Transfer.act_id)
        .join(Pledge, Pledge.id == Act.pledge_id)
        .join(source, source.id == Transfer.from_account_id)
        .join(target, target.id == Transfer.to_account_id)
        .outerjoin(reversed_, reversed_.id == Act.reverses_id)
        .where(
            Act.pledge_id.in_(pledge_ids),
            Act.at < period.ends_at,
            sa.func.coalesce(reversed_.name, Act.name).in_(RECEIPTS),
        )
        .group_by(Pledge.id, Pledge.currency)
    )
    return {
        pledge_id: _rate(int(own), currency, int(fund))
        for pledge_id, currency, own, fund in db.session.execute(statement)
    }


def _rate(own_minor: int, currency: str, fund_minor: int) -> str:
    if own_minor <= 0 or fund_minor <= 0:
        return ""
    units: Decimal = to_major(own_minor, currency) / to_major(fund_minor, FUND_CURRENCY)
    return f"{units.quantize(Decimal('0.00000001')).normalize():f}"


def _uses(pledge_ids: Sequence[int], moved: dict[int, PledgeFigures]) -> Iterable[Use]:
    rows = sa.select(Allocation.id, Allocation.pledge_id, Allocation.request_id, Allocation.seat_id)
    for row in db.session.execute(rows.where(Allocation.pledge_id.in_(pledge_ids)).order_by(Allocation.id)):
        use = moved[row.pledge_id].uses.get(row.id)
        if use is None:
            continue
        opening, closing = use.opening, use.closing
        paid = closing[AccountKind.PAID] - opening.get(AccountKind.PAID, 0)
        set_aside = use.by_group.get("allocated", 0)
        held = opening.get(AccountKind.HELD, 0)
        if held or set_aside or paid or closing[AccountKind.HELD]:
            yield Use(
                *(row.pledge_id, row.request_id, row.seat_id, held, set_aside, paid),
                *(closing[AccountKind.HELD], closing[AccountKind.PAID]),
            )


def _requests(ids: Collection[int], day: date, donor: Actor) -> list[RequestFact]:
    """The requests that the donor may know, by the lists of the last day."""
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            *(R.id, R.kind, R.public_number, State.iso3, State.regional_group),
            *(Session.code, *country_lists.columns_on(day)),
        )
        .join(Organisation, Organisation.id == R.organisation_id)
        .join(State, State.iso3 == Organisation.state_iso3)
        .outerjoin(Session, Session.id == R.session_id)
        .where(R.id.in_(ids), may_describe(donor))
        .order_by(R.id)
    )
    rows: Iterable[Any] = db.session.execute(statement)
    return [_request(row, country_lists.lists_in(row)) for row in rows]


def _request(row: Any, lists: Collection[str]) -> RequestFact:
    return RequestFact(
        id=row.id,
        iso3=row.iso3,
        group=row.regional_group,
        kind=row.kind,
        what=row.code or short_number(row.public_number),
        **{name: name in lists for name in LISTS},
    )


def _seats(ids: Collection[int], organisation_id: int) -> list[SeatFact]:
    paying = aliased(Allocation)
    others = (
        sa.select(Allocation.id)
        .join(Pledge, Pledge.id == Allocation.pledge_id)
        .where(Allocation.seat_id == Seat.id, Pledge.organisation_id.not_in(ids_of(organisation_id)))
        .correlate(Seat)
    )
    statement: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            *(Seat.id, Seat.status, Seat.cause, Seat.borne_by, Seat.given_back),
            *(paying.pledge_id, ~others.exists()),
        )
        .outerjoin(paying, paying.id == pays_its_fare())
        .where(Seat.id.in_(ids))
        .order_by(Seat.id)
    )
    return [SeatFact(*tuple(row)) for row in db.session.execute(statement)]


def _lines(pledge_ids: Sequence[int], uses: Sequence[Use], period: Period) -> Iterable[LineFact]:
    """The lines of these pledges' seats: a payment counts on the day on which it was posted, and is taken away on the
    day on which it was reversed."""
    before: dict[int, int] = defaultdict(int)
    within: dict[int, int] = defaultdict(int)
    reversal, d = aliased(Act), Disbursement
    payments: sa.Select[*tuple[Any, ...]] = (
        sa.select(d.seat_line_id, d.direction, d.amount_minor, Act.at, reversal.at)
        .join(Act, Act.id == d.act_id)
        .outerjoin(reversal, reversal.reverses_id == d.act_id)
        .where(d.seat_line_id.is_not(None), Act.pledge_id.in_(pledge_ids), Act.at < period.ends_at)
    )
    for line, direction, amount, at, undone in db.session.execute(payments):
        signed = amount if direction == "paid" else -amount
        (before if at < period.begins_at else within)[line] += signed
        if undone is not None and undone < period.ends_at:
            (before if undone < period.begins_at else within)[line] -= signed
    planned = {(one.pledge, one.seat) for one in uses if one.planned}
    lines = (
        sa.select(SeatLine.id, SeatLine.kind, SeatLine.estimate_minor, SeatLine.seat_id)
        .add_columns(Allocation.pledge_id, Allocation.request_id)
        .join(Allocation, Allocation.id == SeatLine.allocation_id)
        .where(Allocation.pledge_id.in_(pledge_ids))
    )
    for id_, kind, estimate, seat_id, pledge_id, request_id in db.session.execute(lines):
        left = max(estimate - before[id_], 0) if (pledge_id, seat_id) in planned else 0
        if left or within[id_]:
            yield LineFact(request_id, kind, left, within[id_])
