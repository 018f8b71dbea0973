"""A pledge grows, shrinks or ends before all of it came in. Money that came in stays where it is."""

import uuid
from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.events import Event, record
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges import doubts, ledger, queries
from tracker.pledges.actions import Action
from tracker.pledges.ledger import Posting, Slot, Step
from tracker.pledges.lifecycle import AccountKind, AllocationStatus, Status
from tracker.pledges.models import Allocation, Instalment, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.promises import required_reason
from tracker.reference.doubts import unless
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def withdraw(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """The donor takes back what it has not paid yet."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.WITHDRAW, actor, rule_facts_of(pledge))
    _end(Action.WITHDRAW, pledge, actor=actor, version=version, reason=reason)


@verb
def lapse(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """The office notes that what has not been paid will not come."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.LAPSE, actor, rule_facts_of(pledge))
    _end(Action.LAPSE, pledge, actor=actor, version=version, reason=reason)


def _end(action: Action, pledge: Pledge, *, actor: Actor, version: int | None, reason: str) -> None:
    was_accepted = pledge.status == Status.ACCEPTED
    pledge.apply(action, version=version, reason=required_reason(reason), ended_at=now())
    name = "pledges.withdrawn" if action is Action.WITHDRAW else "pledges.lapsed"
    event = record(name, pledge, actor=actor, also_about=_planned_for(pledge.id))
    if not was_accepted:
        return
    expected = Slot(AccountKind.EXPECTED, pledge.currency)
    left = ledger.balance(pledge.id, expected)
    if left:
        _cancel_instalments(pledge.id, left)
        step = Step(action.value, actor, event)
        ledger.post(pledge.id, [Posting(expected, Slot(AccountKind.DONOR, pledge.currency), left)], step)
    _drop_plans(pledge.id, reason=required_reason(reason))


def _planned_for(pledge_id: int) -> tuple[type[AssistanceRequest], Sequence[int]]:
    """The requests that lose a plan when the pledge ends: it stands in their history too."""
    planned = sa.select(Allocation.request_id).where(
        Allocation.pledge_id == pledge_id, Allocation.status == AllocationStatus.PLANNED
    )
    return AssistanceRequest, db.session.scalars(planned).all()


def _drop_plans(pledge_id: int, *, reason: str | None = None) -> None:
    planned = (Allocation.pledge_id == pledge_id, Allocation.status == AllocationStatus.PLANNED)
    update_where(
        Allocation,
        *planned,
        status=AllocationStatus.RELEASED.value,
        ended_at=now(),
        reason=reason,
        version=Allocation.version + 1,
    )


def _cancel_instalments(pledge_id: int, amount_minor: int) -> None:
    """Cancel what is outstanding, the last due first, until `amount_minor` is cancelled."""
    statement = (
        sa.select(Instalment)
        .where(Instalment.pledge_id == pledge_id)
        .order_by(Instalment.due_on.desc(), Instalment.id.desc())
    )
    for instalment in db.session.scalars(statement.execution_options(populate_existing=True)):
        part = min(amount_minor, instalment.outstanding_minor)
        instalment.cancelled_minor += part
        amount_minor -= part
    db.session.flush()


@verb
def reduce_amount(public_id: uuid.UUID, *, actor: Actor, amount_minor: int, reason: str) -> None:
    """The promise shrinks by an amount that has not come in yet, in the pledge's currency."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.REDUCE, actor, rule_facts_of(pledge))
    ledger.hold(pledge.id)
    expected = Slot(AccountKind.EXPECTED, pledge.currency)
    if not 0 < amount_minor <= ledger.balance(pledge.id, expected):
        raise Invalid(fields={"amount": lazy("Enter an amount above zero, at most what is still expected.")})
    if (
        update_where(
            Pledge,
            Pledge.id == pledge.id,
            Pledge.amount_minor > amount_minor,
            amount_minor=Pledge.amount_minor - amount_minor,
            version=Pledge.version + 1,
        )
        == 0
    ):
        raise Conflict(lazy("Nothing of the pledge would be left: withdraw it instead."))
    _cancel_instalments(pledge.id, amount_minor)
    step = Step("reduce", actor, _changed(pledge, actor, "pledges.reduced", amount_minor), note=required_reason(reason))
    ledger.post(pledge.id, [Posting(expected, Slot(AccountKind.DONOR, pledge.currency), amount_minor)], step)


@verb
def raise_amount(
    public_id: uuid.UUID, *, actor: Actor, amount_minor: int, due_on: date, reason: str, sure: bool = False
) -> None:
    """The promise grows by a further instalment, in the pledge's currency. Raises Doubtful unless `sure` where that is
    due on a day that has passed."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.RAISE, actor, rule_facts_of(pledge))
    if amount_minor <= 0:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero.")})
    unless(sure, doubts.of_due_days([due_on], "due_on"))
    update_where(
        Pledge,
        Pledge.id == pledge.id,
        amount_minor=Pledge.amount_minor + amount_minor,
        version=Pledge.version + 1,
    )
    db.session.add(Instalment(pledge_id=pledge.id, due_on=due_on, amount_minor=amount_minor))
    step = Step("raise", actor, _changed(pledge, actor, "pledges.raised", amount_minor), note=required_reason(reason))
    donor, expected = (Slot(kind, pledge.currency) for kind in (AccountKind.DONOR, AccountKind.EXPECTED))
    ledger.post(pledge.id, [Posting(donor, expected, amount_minor)], step)


def _changed(pledge: Pledge, actor: Actor, name: str, amount_minor: int) -> Event:
    return record(name, pledge, actor=actor, amount_minor=amount_minor, currency=pledge.currency)


@verb
def close(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> None:
    """Everything came in and was spent, recovered or refunded: nothing can be done with the pledge any more."""
    pledge = queries.get_visible(public_id, actor)
    authorize(RULES, Action.CLOSE, actor, rule_facts_of(pledge))
    pledge.apply(Action.CLOSE, version=version, ended_at=now())
    left = ledger.balances(pledge.id)
    for kind, currency in (
        (AccountKind.EXPECTED, pledge.currency),
        (AccountKind.UNAPPLIED, pledge.currency),
        (AccountKind.AVAILABLE, FUND_CURRENCY),
        (AccountKind.HELD, FUND_CURRENCY),
    ):
        if left.get((kind, currency)):
            raise Conflict(lazy("The pledge still expects or holds money. Spend, release or refund it first."))
    record("pledges.closed", pledge, actor=actor, also_about=_planned_for(pledge.id))
    _drop_plans(pledge.id)
