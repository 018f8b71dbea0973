"""A model of one pledge's money in plain arithmetic, played against the services by hypothesis.

The model knows nothing of the code: it says, for every step, whether it must succeed and what every account holds
after it. Whatever hypothesis tries, the database must agree.
"""

import uuid
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.factories import pledges as make
from tracker.calendar.now import today
from tracker.errors import Conflict, Forbidden, Invalid
from tracker.extensions import db
from tracker.pledges import ledger, services
from tracker.pledges.models import Pledge
from tracker.pledges.queries import funding_of
from tracker.pledges.services import Payment

AMOUNTS = st.integers(min_value=1, max_value=15_00)
PROMISED = 100_00
APPROVED = 45_00


def half_even(value: Decimal) -> int:
    """To a whole cent."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass
class Allocated:
    """An approved allocation of the model."""

    public_id: uuid.UUID
    request: int
    name: str
    live: bool = True


@dataclass
class Step:
    """A step that took place: what it added to each account."""

    name: str
    change: Counter
    allocation: Allocated | None = None
    reversed: bool = False


class Money(RuleBasedStateMachine):
    """One pledge, two requests. `people` and `requests_of` are set by whoever runs it."""

    people: make.People
    currency = "USD"

    @initialize()
    def begin(self) -> None:
        """A pledge on which everything is expected."""
        self.actors = {who: getattr(self.people, who).actor for who in ("finance", "manager")}
        self.pledge = make.accepted(self.people, make.terms(PROMISED, self.currency))
        self.requests = [make.request_of(code, approved=APPROVED) for code in ("KEN", "PER")]
        self.allocations: list[Allocated] = []
        self.steps: list[Step] = [Step("accept", Counter())]
        self.held: Counter = Counter({"donor": -PROMISED, "expected": PROMISED})
        self.pledge_row_id = db.session.query(Pledge.id).filter_by(public_id=self.pledge).scalar()
        db.session.rollback()
        self.receive(40_00, 0)

    # --- what must be true after every step

    @invariant()
    def database_agrees(self) -> None:
        """Every balance of the database is the model's, and every currency adds up to zero."""
        if not hasattr(self, "held"):
            return
        db.session.rollback()
        found = Counter()
        by_currency = Counter()
        for (kind, currency), total in ledger.balances(self.pledge_row_id).items():
            by_currency[currency] += total
            if kind != "exchange":
                found[kind] += total
        assert not any(by_currency.values())
        model = Counter()
        for account, total in self.held.items():
            model[account.partition(":")[0]] += total
        assert {k: v for k, v in found.items() if v} == {k: v for k, v in model.items() if v}
        for number, request in enumerate(self.requests):
            funding = funding_of([request.id])[request.id]
            assert (funding.allocated_minor, funding.paid_minor) == (self.allocated(number), self.paid(number))
        db.session.rollback()

    def allocated(self, request: int) -> int:
        return sum(self.held[f"{kind}:{a.name}"] for a in self.of(request) for kind in ("held", "paid"))

    def paid(self, request: int) -> int:
        return sum(self.held[f"paid:{a.name}"] for a in self.of(request))

    def of(self, request: int) -> list[Allocated]:
        return [a for a in self.allocations if a.request == request]

    # --- doing a step in both worlds

    def play(self, name: str, change: dict[str, int], act: Any, *, allowed: bool = True, **facts: Any) -> bool:
        """Do it for real; it must succeed exactly when the model allows it. Zero changes are no step."""
        change = Counter({account: amount for account, amount in change.items() if amount})
        after = Counter(self.held)
        after.update(change)
        allowed = allowed and all(total >= 0 for account, total in after.items() if account != "donor")
        allowed = allowed and after["donor"] <= 0
        refusal = self.refusal_of(act)
        assert allowed is (refusal is None), f"{name}: {refusal or 'was let through'}"
        if refusal is not None:
            return False
        self.held = after
        self.steps.append(Step(name, change, **facts))
        return True

    def refusal_of(self, act: Any) -> Exception | None:
        """Do it; give the refusal, if it is refused."""
        try:
            act()
        except (Conflict, Invalid, Forbidden) as refusal:
            return refusal
        return None

    def in_fund(self, amount: int) -> tuple[int, int]:
        whole = amount if self.currency == "USD" else half_even(Decimal(amount) / make.EUR_PER_USD)
        support = half_even(Decimal(whole) * 13 / 113)
        return whole - support, support

    # --- the steps

    @rule(amount=AMOUNTS, charge=st.sampled_from([0, 0, 0, 25]))
    def receive(self, amount: int, charge: int) -> None:
        applied = min(amount, self.held["expected"] - charge)
        programme, support = self.in_fund(max(applied, 0))
        change = {"expected": -applied - charge, "available": programme, "support": support, "lost": charge}
        change |= {"unapplied": amount - applied, "donor": applied - amount}
        money_in = make.money_in(amount, charge_minor=charge)
        act = self.call(services.record_receipt, self.pledge, money_in=money_in, sure=True)
        self.play("receipt", change, act, allowed=charge <= self.held["expected"])

    @precondition(lambda self: self.held["unapplied"])
    @rule()
    def apply_surplus(self) -> None:
        surplus = self.held["unapplied"]
        programme, support = self.in_fund(surplus)
        change = {"unapplied": -surplus, "available": programme, "support": support}
        self.play("apply", change, partial(make.apply_surplus, self.people, self.pledge), allowed=surplus > 0)

    @precondition(lambda self: self.held["unapplied"])
    @rule()
    def return_surplus(self) -> None:
        surplus = self.held["unapplied"]
        act = partial(make.return_surplus, self.people, self.pledge)
        self.play("return", {"unapplied": -surplus, "donor": surplus}, act, allowed=surplus > 0)

    @rule(amount=AMOUNTS, request=st.integers(0, 1))
    def approve(self, amount: int, request: int) -> None:
        name = str(len(self.allocations))
        fits = self.allocated(request) + amount <= APPROVED
        try:
            public_id = make.planned(self.people, self.pledge, self.requests[request], amount)
        except Invalid:
            assert not fits
            return
        change = {"available": -amount, f"held:{name}": amount}
        act = self.call(services.approve_allocation, public_id, version=1)
        new = Allocated(public_id, request, name)
        if self.play("approve", change, act, allowed=fits, allocation=new):
            self.allocations.append(new)
        else:
            self.call(services.cancel_plan, public_id, version=1, reason="No cash")()

    @precondition(lambda self: self.allocations)
    @rule(data=st.data())
    def release(self, data: Any) -> None:
        allocation = data.draw(st.sampled_from(self.allocations))
        held = self.held[f"held:{allocation.name}"]
        act = self.call(services.release_allocation, allocation.public_id, version=2, reason="Over")
        change = {f"held:{allocation.name}": -held, "available": held}
        if self.play("release", change, act, allowed=allocation.live and held > 0, allocation=allocation):
            allocation.live = False

    @precondition(lambda self: self.allocations)
    @rule(data=st.data(), amount=AMOUNTS)
    def disburse(self, data: Any, amount: int) -> None:
        allocation = data.draw(st.sampled_from(self.allocations))
        act = self.call(services.disburse, allocation.public_id, payment=self.payment(amount))
        change = {f"held:{allocation.name}": -amount, f"paid:{allocation.name}": amount}
        self.play("disburse", change, act, allowed=allocation.live, allocation=allocation)

    @precondition(lambda self: self.allocations)
    @rule(data=st.data(), amount=AMOUNTS)
    def recover(self, data: Any, amount: int) -> None:
        allocation = data.draw(st.sampled_from(self.allocations))
        act = self.call(services.recover, allocation.public_id, payment=self.payment(amount))
        target = f"held:{allocation.name}" if allocation.live else "available"
        change = {f"paid:{allocation.name}": -amount, target: amount}
        self.play("recover", change, act, allocation=allocation)

    @rule(amount=AMOUNTS)
    def reduce(self, amount: int) -> None:
        act = partial(make.reduce_amount, self.people, self.pledge, amount)
        self.play("reduce", {"expected": -amount, "donor": amount}, act, allowed=amount < self.promised())

    def promised(self) -> int:
        """The amount that the pledge names now."""
        changes = sum(step.change["donor"] for step in self.steps if step.name in ("reduce", "raise"))
        return PROMISED - changes

    @rule(data=st.data())
    def reverse(self, data: Any) -> None:
        number = len(self.steps) - data.draw(st.integers(0, min(4, len(self.steps) - 1)))
        step = self.steps[number - 1]
        act = partial(make.reverse, self.people, self.act_id(number))
        change = Counter({account: -amount for account, amount in step.change.items()})
        allowed = step.name in ("receipt", "apply", "return", "disburse", "recover") and not step.reversed
        if allowed and step.allocation is not None:
            kept = any(account.startswith("held:") for account in step.change)
            again = step.name == "recover" and not kept
            room = self.allocated(step.allocation.request) - step.change[f"paid:{step.allocation.name}"] <= APPROVED
            allowed = room if again else step.allocation.live
        if self.play("reversal", dict(change), act, allowed=allowed):
            step.reversed = True

    # --- hands

    def call(self, service: Any, *arguments: Any, who: str = "finance", **facts: Any) -> Any:
        """The service, ready to be called by one of the people."""
        return lambda: service(*arguments, actor=self.actors[who], **facts)

    def payment(self, amount: int) -> Payment:
        return Payment(amount, today(), f"FIN-{len(self.steps)}", "supplier", "bank_transfer")

    def act_id(self, number: int) -> uuid.UUID:
        from tracker.pledges.models import Act

        found = db.session.query(Act.public_id).filter_by(pledge_id=self.pledge_row_id, number=number).scalar()
        db.session.rollback()
        return found


class MoneyInEuro(Money):
    """The same in a currency that is exchanged."""

    currency = "EUR"
