"""A pledge grows, shrinks, lasts longer, is for something else, or ends before all of it came in. Money that came in
stays where it is. What changes the promise is proposed (`changing`): what is here is done with the second yes."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.events import Event, record
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY, LARGEST
from tracker.pledges import ledger, queries
from tracker.pledges.actions import Action
from tracker.pledges.earmarks import Rule
from tracker.pledges.ledger import Posting, Slot, Step
from tracker.pledges.lifecycle import AccountKind, AllocationStatus, Status
from tracker.pledges.models import Allocation, Earmark, Instalment, Pledge
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services.promises import required_reason
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


def parts_to_cancel(instalments: Iterable[Instalment], amount_minor: int) -> list[tuple[Instalment, int]]:
    """What of which instalment is cancelled when an amount is not expected any more: the last due first."""
    found = []
    for instalment in sorted(instalments, key=lambda one: (one.due_on, one.id), reverse=True):
        part = min(amount_minor, instalment.outstanding_minor)
        if part:
            found.append((instalment, part))
        amount_minor -= part
    return found


def _cancel_instalments(pledge_id: int, amount_minor: int) -> None:
    """Cancel what is outstanding, the last due first, until `amount_minor` is cancelled."""
    statement = sa.select(Instalment).where(Instalment.pledge_id == pledge_id)
    known = db.session.scalars(statement.execution_options(populate_existing=True))
    for instalment, part in parts_to_cancel(known, amount_minor):
        instalment.cancelled_minor += part
    db.session.flush()


def must_be_expected(pledge: Pledge, amount_minor: int) -> None:
    """Raise Invalid when so much is not expected any more, Conflict when nothing of the pledge would be left."""
    if amount_minor <= 0:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero.")})
    left = ledger.balance(pledge.id, Slot(AccountKind.EXPECTED, pledge.currency))
    if amount_minor > left:
        amount = format_money(left, pledge.currency)
        sentence = lazy("%(amount)s are still expected. What came in is given back by a refund.", amount=amount)
        raise Invalid(fields={"amount": sentence})
    if amount_minor >= pledge.amount_minor:
        raise Conflict(lazy("Nothing of the pledge would be left: withdraw it instead."))


def reduce_amount(pledge: Pledge, amount_minor: int, *, actor: Actor, reason: str) -> None:
    """The promise shrinks by an amount that has not come in yet, in the pledge's currency."""
    must_be_expected(pledge, amount_minor)
    _amount_becomes(pledge, -amount_minor)
    _cancel_instalments(pledge.id, amount_minor)
    donor, expected = (Slot(kind, pledge.currency) for kind in (AccountKind.DONOR, AccountKind.EXPECTED))
    step = Step("reduce", actor, _changed(pledge, actor, "pledges.reduced", amount_minor), note=reason)
    ledger.post(pledge.id, [Posting(expected, donor, amount_minor)], step)


def raise_amount(pledge: Pledge, amount_minor: int, due_on: date, *, actor: Actor, reason: str) -> None:
    """The promise grows by a further instalment, in the pledge's currency."""
    _amount_becomes(pledge, amount_minor)
    db.session.add(Instalment(pledge_id=pledge.id, due_on=due_on, amount_minor=amount_minor))
    donor, expected = (Slot(kind, pledge.currency) for kind in (AccountKind.DONOR, AccountKind.EXPECTED))
    step = Step("raise", actor, _changed(pledge, actor, "pledges.raised", amount_minor), note=reason)
    ledger.post(pledge.id, [Posting(donor, expected, amount_minor)], step)


def _amount_becomes(pledge: Pledge, change_minor: int) -> None:
    after = Pledge.amount_minor + change_minor
    facts = {"amount_minor": after, "version": Pledge.version + 1}
    if not update_where(Pledge, Pledge.id == pledge.id, after > 0, after <= LARGEST, **facts):
        raise Conflict(lazy("The pledge cannot be of that amount."))


def extend(pledge: Pledge, ends_on: date, *, actor: Actor) -> None:
    """The agreement ends on a later day; what follows from its end follows."""
    accepted = Pledge.status == Status.ACCEPTED
    facts = {"ends_on": ends_on, "version": Pledge.version + 1}
    if not update_where(Pledge, Pledge.id == pledge.id, accepted, Pledge.ends_on < ends_on, **facts):
        raise Conflict(lazy("The pledge does not end before that day, or gives no more."))
    record("pledges.extended", pledge, actor=actor)


def change_earmarks(pledge: Pledge, rules: Iterable[Rule], *, actor: Actor) -> None:
    """The money is for something else from now on. What was approved stays."""
    facts = {"version": Pledge.version + 1}
    if not update_where(Pledge, Pledge.id == pledge.id, Pledge.status == Status.ACCEPTED, **facts):
        raise Conflict(lazy("Not possible while the pledge stands where it is now."))
    db.session.execute(sa.delete(Earmark).where(Earmark.pledge_id == pledge.id))
    rows = ({"rule": one.rule, "codes": list(one.codes), "share_bp": one.share_bp} for one in rules)
    db.session.add_all(Earmark(pledge_id=pledge.id, **row) for row in rows)
    db.session.flush()
    record("pledges.earmarked", pledge, actor=actor)


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
