"""Pledges and fundable requests for tests: `signed()`, `accepted(amount=100_00)`, `funded(...)`, `request_of(...)`."""

import io
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import count

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tests.factories.accounts import Someone, organisation, person
from tests.files.samples import PDF
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction
from tracker.errors import DomainError
from tracker.extensions import db
from tracker.pledges import funding, services
from tracker.pledges.changing.amounts import propose_raise, propose_reduction
from tracker.pledges.changing.terms import propose_earmarks, propose_extension
from tracker.pledges.earmarks import Rule
from tracker.pledges.models import Instalment, Pledge, Receipt
from tracker.pledges.proposed_acts import going_back
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.reversal import propose_reversal
from tracker.pledges.services import Agreement, MoneyIn, Part, Terms
from tracker.pledges.services.allocations import release_for_request
from tracker.reference.models import ExchangeRate
from tracker.rights.actor import Actor

__all__ = ["MoneyIn", "Receipt", "Rule", "today", "uuid"]

EUR_PER_USD = Decimal("0.8")
# Several processes may build in one database (drills), so each has numbers of its own.
_numbers = count(os.getpid() * 10_000)


@dataclass(frozen=True)
class People:
    """The people around one pledge."""

    officer: Someone
    signatory: Someone
    manager: Someone
    finance: Someone
    other_finance: Someone


@dataclass(frozen=True)
class FundableRequest:
    """An accepted request, as ids."""

    id: int
    public_id: uuid.UUID
    reference: str


def people(donor: str = "NORAD") -> People:
    """One person for each part in the life of a pledge, and a rate for the euro."""
    rate("EUR", EUR_PER_USD)
    return People(
        officer=_person("donor_officer", donor),
        signatory=_person("donor_signatory", donor),
        manager=_person("programme_manager", "UNODC"),
        finance=_person("finance_officer", "UNODC"),
        other_finance=_person("finance_officer", "UNODC"),
    )


def rate(currency: str, units_per_usd: Decimal) -> None:
    """A rate of exchange since 2020, unless the currency has one."""
    with transaction() as session:
        if not session.scalar(sa.select(ExchangeRate.id).where(ExchangeRate.currency == currency)):
            since = date(2020, 1, 1)
            session.add(ExchangeRate(currency=currency, units_per_usd=units_per_usd, valid_from=since, source="test"))


def _person(role: str, of: str) -> Someone:
    return person(role, of=of, email=f"{role}{next(_numbers)}@{of.lower()}.example")


def terms(amount: int = 100_00, currency: str = "USD", *, parts: tuple[int, ...] = (), earmarks=(), title="") -> Terms:
    """What a donor offers: one instalment of the whole, or `parts` half a year apart."""
    parts = parts or (amount,)
    year = today().year + 1
    return Terms(
        title=title or "Digital evidence",
        amount_minor=amount,
        currency=currency,
        instalments=tuple(
            Part(date(year + index // 2, 1 + 6 * (index % 2), 1), part) for index, part in enumerate(parts)
        ),
        earmarks=tuple(earmarks),
    )


def offered(people: People, offer: Terms | None = None) -> uuid.UUID:
    """A pledge that waits for its signature."""
    return uuid.UUID(services.offer(offer or terms(), actor=people.officer.actor))


def signed(people: People, offer: Terms | None = None) -> uuid.UUID:
    """A pledge that waits for the office."""
    pledge = offered(people, offer)
    services.sign(pledge, actor=people.signatory.actor, version=1)
    return pledge


def agreement() -> Agreement:
    """A paper signed today, for two years."""
    paper = FileStorage(io.BytesIO(PDF), filename="agreement.pdf")
    return Agreement(reference="AGR-1", signed_on=today(), ends_on=date(today().year + 2, 12, 31), file=paper)


def accepted(people: People, offer: Terms | None = None) -> uuid.UUID:
    """A pledge on which money is expected."""
    pledge = signed(people, offer)
    services.accept(pledge, actor=people.manager.actor, version=2, agreement=agreement())
    return pledge


def money_in(amount: int, **facts) -> MoneyIn:
    """A credit of today."""
    return MoneyIn(amount_minor=amount, value_date=today(), external_reference=f"BANK-{next(_numbers)}", **facts)


def funded(people: People, offer: Terms | None = None, *, received: int | None = None) -> uuid.UUID:
    """A pledge of which `received` (all, unless said) came in."""
    offer = offer or terms()
    pledge = accepted(people, offer)
    services.record_receipt(
        pledge, actor=people.finance.actor, money_in=money_in(offer.amount_minor if received is None else received)
    )
    return pledge


def request_of(code: str = "KEN", *, approved: int = 1_000_00, **facts) -> FundableRequest:
    """An accepted request of a State that may get `approved` (USD, minor units)."""
    owner = organisation(code)
    number = next(_numbers)
    with transaction() as session:
        row = AssistanceRequest(
            kind=facts.pop("kind", "technical"),
            status="accepted",
            origin="imported",
            source="test",
            source_id=str(number),
            organisation_id=owner.id,
            title=facts.pop("title", "Digital evidence for prosecutors"),
            reference=f"TA-2026-{code}-{number:03d}",
            reference_prefix="TA",
            reference_year=2026,
            reference_number=number,
            submitted_at=now(),
            **facts,
        )
        session.add(row)
        session.flush()
        funding.approve(row.id, approved)
        return FundableRequest(row.id, row.public_id, row.reference)


def allocated(people: People, pledge: uuid.UUID, request: FundableRequest, amount: int) -> uuid.UUID:
    """An approved allocation."""
    allocation = planned(people, pledge, request, amount)
    services.approve_allocation(allocation, actor=people.finance.actor, version=1)
    return allocation


def planned(people: People, pledge: uuid.UUID, request: FundableRequest, amount: int) -> uuid.UUID:
    """An allocation that waits for its approval."""
    return uuid.UUID(
        services.plan_allocation(pledge, actor=people.manager.actor, request_id=request.public_id, amount_minor=amount)
    )


def reverse(people: People, act: uuid.UUID, reason: str = "Recorded wrongly.") -> None:
    """Take a step of the ledger back by two persons."""
    by_two(people, partial(propose_reversal, act, reason=reason))


def refund(people: People, pledge: uuid.UUID, amount: int, reference: str = "FIN-2") -> None:
    """Give unspent money back to the donor by two persons."""
    facts = {"amount_minor": amount, "external_reference": reference, "reason": "It is over."}
    by_two(people, partial(going_back.propose_refund, pledge, **facts))


def apply_surplus(people: People, pledge: uuid.UUID) -> None:
    """Take money beyond the pledge as received by two persons."""
    by_two(people, partial(going_back.propose_to_apply, pledge, reason="The donor agrees."))


def return_surplus(people: People, pledge: uuid.UUID) -> None:
    """Give money beyond the pledge back by two persons."""
    by_two(people, partial(going_back.propose_to_return, pledge, reason="Sent twice."))


def by_two(people: People, propose: Callable[..., str]) -> None:
    """What one finance officer proposes is confirmed by another; a refusal leaves nothing waiting."""
    second = people.other_finance.actor
    proposed = uuid.UUID(propose(actor=people.finance.actor, key=str(uuid.uuid4())))
    try:
        acts.confirm(proposed, actor=second, version=None)
    except DomainError:
        db.session.rollback()
        acts.refuse_act(proposed, actor=second, version=None, reason="It cannot be done.")
        raise


def raise_amount(people: People, pledge: uuid.UUID, amount: int, due_on: date, reason: str = "More.") -> None:
    """Raise a pledge by a further instalment, with the yes of both sides."""
    by_both(people, partial(propose_raise, pledge, amount_minor=amount, due_on=due_on, reason=reason))


def reduce_amount(people: People, pledge: uuid.UUID, amount: int, reason: str = "Less.") -> None:
    """Reduce a pledge by what has not come in, with the yes of both sides."""
    by_both(people, partial(propose_reduction, pledge, amount_minor=amount, reason=reason))


def extend(people: People, pledge: uuid.UUID, ends_on: date, reason: str = "It takes longer.") -> None:
    """Move the end of a pledge, with the yes of both sides."""
    by_both(people, partial(propose_extension, pledge, ends_on=ends_on, reason=reason))


def earmark(people: People, pledge: uuid.UUID, *rules: Rule, reason: str = "It is for something else.") -> None:
    """Change the earmark of a pledge, with the yes of both sides."""
    by_both(people, partial(propose_earmarks, pledge, rules=rules, reason=reason))


def amendment(reference: str = "AMD-1") -> acts.Paper:
    """The paper of a change, dated today."""
    return acts.Paper(reference, today(), FileStorage(io.BytesIO(PDF), filename="amendment.pdf"))


def by_both(people: People, propose: Callable[..., str]) -> None:
    """What the donor's officer proposes gets the yes of its signatory and of a manager; a refusal leaves nothing
    waiting."""
    proposed = uuid.UUID(propose(actor=people.officer.actor, key=str(uuid.uuid4())))
    acts.agree(proposed, actor=people.signatory.actor, version=1)
    manager = people.manager.actor
    try:
        acts.agree(proposed, actor=manager, version=1, amendment=amendment())
    except DomainError:
        db.session.rollback()
        acts.refuse_act(proposed, actor=manager, version=None, reason="It cannot be done.")
        raise


def instalments(pledge: uuid.UUID) -> list[Instalment]:
    """The parts of a pledge as they stand, by due date."""
    statement = (
        sa.select(Instalment)
        .join(Pledge, Pledge.id == Instalment.pledge_id)
        .where(Pledge.public_id == pledge)
        .order_by(Instalment.due_on)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(statement))


def release(request: FundableRequest) -> int:
    """What happens to a request's money when it is withdrawn; gives the amount freed."""
    return release_for_request(request.id, actor=Actor.system)
