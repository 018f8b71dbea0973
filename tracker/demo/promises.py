"""The demonstration's pledges and what became of their money, from data/pledges.toml."""

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from werkzeug.datastructures import FileStorage

from tracker.calendar.now import today
from tracker.demo import before_rounds
from tracker.demo.pages import page_of
from tracker.demo.participants import Participants, read
from tracker.demo.schedule import Schedule
from tracker.demo.stories import Story
from tracker.pledges import services
from tracker.pledges.changing.terms import propose_extension
from tracker.pledges.earmarks import Rule
from tracker.rights.actor import Actor
from tracker.statements import services as statements

# The steps to each end that the file names, with days from one to the next.
REST = {"offer": 0, "sign": 6, "accept": 9, "refuse": 12, "withdraw": 60, "lapse": 120}
STEPS_OF = {
    "offered": "offer",
    "signed": "offer sign",
    "accepted": "offer sign accept",
    "refused": "offer sign refuse",
    "withdrawn": "offer sign accept withdraw",
    "lapsed": "offer sign accept lapse",
}

STANDS = 640
"""Days for which an agreement stands after the loading, however long ago it was made."""


@dataclass
class Promise:
    """One pledge and its steps."""

    text: dict[str, Any]
    participants: Participants
    begun: float
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def donor(self) -> Actor:
        return self.participants.of(self.text["donor"], "donor_officer", "focal_point")

    @property
    def signatory(self) -> Actor:
        return self.participants.of(self.text["donor"], "donor_signatory", "authorising_officer")

    @property
    def manager(self) -> Actor:
        return self.participants["UNODC.programme_manager"]

    @property
    def finance(self) -> Actor:
        return self.participants["UNODC.finance_officer"]

    def write_into(self, schedule: Schedule) -> None:
        """Put every step on its day, and every receipt."""
        day = self.begun
        for step in STEPS_OF[self.text["way"]].split():
            day -= REST[step]
            act: Callable[[], object] = getattr(self, step)
            schedule.on(day, act)
        for days_after, amount in self.text.get("receipts", ()):
            schedule.on(self.begun - days_after, partial(self.receive, amount))
        if "extension" in self.text:
            schedule.on(self.text["extension"]["days"], self.extend)
        if "statement" in self.text:
            schedule.on(self.begun - self.text["statement"], self.account)

    def offer(self) -> None:
        parts = tuple(
            services.Part(today() + timedelta(days=days_after), amount)
            for days_after, amount in self.text["instalments"]
        )
        terms = services.Terms(
            title=self.text["title"],
            amount_minor=sum(part.amount_minor for part in parts),
            currency=self.text["currency"],
            instalments=parts,
            earmarks=tuple(
                Rule(row["rule"], tuple(row["codes"]), row.get("share_bp")) for row in self.text.get("earmarks", ())
            ),
            conditions=self.text.get("conditions", ""),
        )
        self.public_id = uuid.UUID(services.offer(terms, actor=self.donor))

    def sign(self) -> None:
        services.sign(self.public_id, actor=self.signatory, version=None)

    def accept(self) -> None:
        reference = f"DEMO-{self.text['key']}".upper()
        page = FileStorage(io.BytesIO(page_of("an agreement", reference)), filename="agreement.pdf")
        agreement = services.Agreement(
            reference=reference, signed_on=today(), ends_on=today() + timedelta(days=self.begun + STANDS), file=page
        )
        services.accept(self.public_id, actor=self.manager, version=None, agreement=agreement)

    def receive(self, amount_minor: int) -> None:
        """A credit of the day, in the pledge's currency."""
        money_in = services.MoneyIn(
            amount_minor=amount_minor, value_date=today(), external_reference=f"DEMO-BANK-{today():%y%m%d}"
        )
        services.record_receipt(self.public_id, actor=self.finance, money_in=money_in)

    def extend(self) -> None:
        """A year more, proposed by the donor; it waits for the yes of both sides."""
        later, reason = today() + timedelta(days=STANDS + 365), self.text["extension"]["reason"]
        propose_extension(self.public_id, actor=self.donor, ends_on=later, reason=reason, key="")

    def account(self) -> None:
        """The first statement, up to yesterday."""
        statements.issue(self.public_id, actor=self.finance, number=1, last_on=today() - timedelta(days=1))

    def refuse(self) -> None:
        services.refuse(self.public_id, actor=self.manager, version=None, reason=self.text["reason"])

    def withdraw(self) -> None:
        services.withdraw(self.public_id, actor=self.signatory, version=None, reason=self.text["reason"])

    def lapse(self) -> None:
        services.lapse(self.public_id, actor=self.manager, version=None, reason=self.text["reason"])

    def close(self) -> None:
        services.close(self.public_id, actor=self.manager, version=None)


@dataclass
class Share:
    """Money of a pledge for a request: planned by the manager, approved and paid by finance."""

    text: dict[str, Any]
    promise: Promise
    story: Story
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)

    def write_into(self, schedule: Schedule) -> None:
        """Put the plan, the approval and the payments on their days after the decision's signature."""
        signed = self.story.days["sign"]
        schedule.on(signed - self.text["planned"], self.plan)
        if "approved" in self.text:
            schedule.on(signed - self.text["approved"], self.approve)
        for day, (_days_after, *payment) in zip(self.payment_days, self.text.get("payments", ()), strict=True):
            schedule.on(day, partial(self.pay, *payment))

    @property
    def payment_days(self) -> list[float]:
        """How many days ago each payment was made."""
        return [self.story.days["sign"] - days_after for days_after, *_payment in self.text.get("payments", ())]

    def plan(self) -> None:
        if before_rounds.is_of(self.story.text):
            promised, asked, amount = self.promise.public_id, self.story.public_id, self.text["amount"]
            self.public_id = before_rounds.plan(promised, asked, amount, actor=self.promise.manager)
            return
        planned = services.plan_allocation(
            self.promise.public_id,
            actor=self.promise.manager,
            request_id=self.story.public_id,
            amount_minor=self.text["amount"],
        )
        self.public_id = uuid.UUID(planned)

    def approve(self) -> None:
        second = self.promise.participants["UNODC.second_finance"]
        services.approve_allocation(self.public_id, actor=second, version=None)

    def pay(self, amount_minor: int, payee: str, method: str) -> None:
        """A payment of the day, in US cents."""
        payment = services.Payment(
            amount_minor=amount_minor,
            value_date=today(),
            external_reference=f"DEMO-FIN-{today():%y%m%d}",
            payee_kind=payee,
            method=method,
        )
        services.disburse(self.public_id, actor=self.promise.finance, payment=payment)


def write_into(schedule: Schedule, participants: Participants, stories: dict[str, Story], *, first_day: float) -> None:
    """Put every pledge and every use of its money into the schedule; the earliest pledge begins on `first_day`."""
    file = read("pledges")
    promises = {row["key"]: Promise(row, participants, first_day - row["after"]) for row in file["pledge"]}
    for promise in promises.values():
        promise.write_into(schedule)
    shares = [Share(row, promises[row["pledge"]], stories[row["request"]]) for row in file["share"]]
    for share in shares:
        share.write_into(schedule)
    for promise in promises.values():
        if "closed_after_payments" in promise.text:
            last = min(day for share in shares if share.promise is promise for day in share.payment_days)
            schedule.on(last - promise.text["closed_after_payments"], promise.close)
    for row in file["interest"]:
        actor = participants.of(row["donor"], "donor_officer")
        schedule.on(first_day, partial(services.set_interests, row["rules"], actor=actor, version=None))
