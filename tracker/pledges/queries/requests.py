"""What pledges need to know about requests: facts for earmarks, how far they are funded, which pledges suit."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Kind
from tracker.assistance.models import AssistanceRequest
from tracker.assistance.queries import visible_to as request_visible_to
from tracker.calendar.now import today
from tracker.errors import Conflict, Invalid, NotFound
from tracker.extensions import db
from tracker.languages.formatting import format_day, format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges.earmarks import Verdict, judge, rules_of
from tracker.pledges.lifecycle import AccountKind, AllocationStatus, Status
from tracker.pledges.models import Allocation, LedgerAccount, Pledge, RequestFunding
from tracker.pledges.queries.coverage import coverage_of
from tracker.pledges.queries.donors import donor_name
from tracker.pledges.queries.rates import rates_near
from tracker.pledges.queries.shares import facts_of, used_of_shares
from tracker.reference.models import Session as Meeting
from tracker.rights.actor import Actor

R = AssistanceRequest


@dataclass(frozen=True, slots=True)
class Funding:
    """How far a request is funded, in the fund's minor units (USD)."""

    approved_minor: int
    allocated_minor: int
    paid_minor: int
    planned_minor: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """An accepted request that may get money; `session` is the code of the one that it is for."""

    request_id: int
    public_id: uuid.UUID
    reference: str
    title: str
    language: str
    kind: str
    iso3: str
    session: str | None
    funding: Funding

    @property
    def is_given_by_rounds(self) -> bool:
        """Whether rounds give its money, seat by seat, and nobody plans it by hand."""
        return self.kind == Kind.PARTICIPATION

    @property
    def open_minor(self) -> int:
        """What is approved and neither allocated nor planned."""
        return self.funding.approved_minor - self.funding.allocated_minor - self.funding.planned_minor


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pledge beside a request: what it has, and whether its earmarks let it pay."""

    pledge: Pledge
    donor: str
    available_minor: int
    expected_minor: int
    verdict: Verdict


def planned_minor() -> sa.ScalarSelect[Any]:
    """What is planned for the request of the row, as a part of a larger select."""
    return (
        sa.select(sa.func.coalesce(sa.func.sum(Allocation.amount_minor), 0))
        .where(Allocation.request_id == RequestFunding.request_id, Allocation.status == AllocationStatus.PLANNED)
        .correlate(RequestFunding)
        .scalar_subquery()
    )


def funding_of(request_ids: Collection[int]) -> dict[int, Funding]:
    """How far requests are funded, by their row ids, in one statement; a request never accepted is not in it."""
    if not request_ids:
        return {}
    statement = sa.select(
        RequestFunding.request_id,
        RequestFunding.approved_minor,
        RequestFunding.allocated_minor,
        RequestFunding.paid_minor,
        planned_minor(),
    ).where(RequestFunding.request_id.in_(request_ids))
    return {row[0]: Funding(row[1], row[2], row[3], int(row[4])) for row in db.session.execute(statement)}


def fundable_request(public_id: uuid.UUID, actor: Actor) -> Need:
    """The accepted request that the actor may see and plan money for; raises NotFound, Conflict when it is closed."""
    statement = (
        sa.select(R, Organisation.state_iso3, Meeting.code, RequestFunding, planned_minor())
        .join(Organisation, Organisation.id == R.organisation_id)
        .outerjoin(Meeting, Meeting.id == R.session_id)
        .outerjoin(RequestFunding, RequestFunding.request_id == R.id)
        .where(R.public_id == public_id, request_visible_to(actor))
    )
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    found, iso3, session, fund, planned = row
    if fund is None or not fund.open:
        raise Conflict(lazy("Only a request that is accepted or in delivery can get money."))
    funding = Funding(fund.approved_minor, fund.allocated_minor, fund.paid_minor, int(planned))
    said = (found.id, found.public_id, found.reference or "", found.title, found.language, found.kind)
    return Need(*said, iso3 or "", session, funding)


def must_suit(pledge: Pledge, request_id: int, amount_minor: int, *, planned: bool = False) -> None:
    """Raise Conflict when the pledge or its earmarks do not let it pay the request, Invalid when a cap leaves less.

    A plan is measured against the whole pledge, an approval against what came in.
    """
    if not pledge.gives_on(today()):
        raise Conflict(why_ended(pledge))
    if not pledge.earmarks:
        return
    rules, facts = rules_of(pledge.earmarks), facts_of({request_id}, today())[request_id]
    used = used_of_shares([(pledge.id, rules)], facts).get(pledge.id, {})
    covers = coverage_of(pledge, sums_of([pledge.id])[pledge.id])
    whole = covers.whole_minor if planned else covers.came_minor
    verdict = judge(rules, facts, on=today(), received_minor=whole, used=used)
    if not verdict.suits:
        raise Conflict(verdict.reasons[0])
    if verdict.most_minor is not None and amount_minor > verdict.most_minor:
        left = format_money(verdict.most_minor, FUND_CURRENCY)
        raise Invalid(
            lazy("The earmark leaves %(left)s for such requests.", left=left),
            fields={"amount": lazy("The earmark leaves %(left)s for such requests.", left=left)},
        )


def why_ended(pledge: Pledge) -> Any:
    """Why nothing is allocated from a pledge that gives no more."""
    if pledge.ends_on is None:
        return lazy("The pledge does not stand where this step is possible. Open it again to see what changed.")
    return lazy("Its agreement ended on %(day)s: nothing more is allocated from it.", day=format_day(pledge.ends_on))


def fitting_cash(request_id: int) -> tuple[int, int]:
    """(what the pledges that suit a request can allocate today, in minor units of the fund; how many they are)."""
    fitting = [one for one in candidates(request_id) if one.verdict.suits and one.available_minor > 0]
    capped = [one.available_minor if one.verdict.most_minor is None else one.verdict.most_minor for one in fitting]
    most = [min(one.available_minor, cap) for one, cap in zip(fitting, capped, strict=True)]
    return sum(most), len(fitting)


def candidates(request_id: int) -> list[Candidate]:
    """Every accepted pledge with what it has and whether it suits the request; those that suit come first."""
    statement = (
        sa.select(Pledge, Organisation.name, Organisation.state_iso3)
        .select_from(Pledge)
        .join(Organisation, Organisation.id == Pledge.donor_id)
        .where(Pledge.status == Status.ACCEPTED, Pledge.acts_posted > 0)
        .options(joinedload(Pledge.earmarks))
        .order_by(Pledge.ends_on, Pledge.id)
    )
    pledges = db.session.execute(statement).unique().all()
    totals = sums_of([row.Pledge.id for row in pledges])
    facts = facts_of({request_id}, today())[request_id]
    used = used_of_shares([(row.Pledge.id, rules_of(row.Pledge.earmarks)) for row in pledges], facts)
    rates = rates_near((row.Pledge.currency for row in pledges if row.Pledge.earmarks), today())
    found = []
    for pledge, name, iso3 in pledges:
        have = totals[pledge.id]
        verdict = judge(
            rules_of(pledge.earmarks),
            facts,
            on=today(),
            received_minor=coverage_of(pledge, have, rates).whole_minor if pledge.earmarks else 0,
            used=used.get(pledge.id, {}),
        )
        if not pledge.gives_on(today()):
            verdict = Verdict((why_ended(pledge),))
        found.append(Candidate(pledge, donor_name(name, iso3), have["available"], have["expected"], verdict))
    return sorted(found, key=lambda c: (not c.verdict.suits, -c.available_minor))


def sums_of(pledge_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """Balances by account kind (held and paid over all allocations; exchange left out), in one statement."""
    return as_sums(pledge_ids, db.session.execute(select_sums(pledge_ids)))


def select_sums(pledge_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """The statement behind `sums_of`, for a page that reads more with it."""
    return (
        sa.select(LedgerAccount.pledge_id, LedgerAccount.kind, sa.func.sum(LedgerAccount.balance_minor).label("total"))
        .where(LedgerAccount.pledge_id.in_(list(pledge_ids)), LedgerAccount.kind != AccountKind.EXCHANGE)
        .group_by(LedgerAccount.pledge_id, LedgerAccount.kind)
    )


def as_sums(pledge_ids: Collection[int], rows: Iterable[Any]) -> dict[int, dict[str, int]]:
    """Rows of `select_sums` by pledge; an account that is not there counts as zero."""
    found: dict[int, dict[str, int]] = {i: dict.fromkeys(AccountKind, 0) for i in pledge_ids}
    for row in rows:
        found[row.pledge_id][AccountKind(row.kind)] = int(row.total)
    return found
