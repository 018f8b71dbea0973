"""The reversal of a step of the ledger: what was recorded wrongly is taken back by two persons."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.errors import NotFound
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.pledges import policies, queries
from tracker.pledges.actions import Action
from tracker.pledges.lifecycle import ACTS, AccountKind
from tracker.pledges.models import Act, Allocation, Pledge, SeatLine
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.pledges.services.reversals import must_be_possible, payment_of, undo
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


def propose_reversal(act_id: uuid.UUID, *, actor: Actor, reason: str, key: str) -> str:
    """Propose to take a step of the ledger back. Gives the proposed act's public id. Raises NotFound, also where the
    actor may not know the request that was paid."""
    step, pledge = queries.get_act(act_id, actor)
    payload: dict[str, Any] = {"act_id": step.id, "number": step.number, "name": step.name, "pledge": pledge.reference}
    payment = payment_of(step)
    if payment is None:
        authorize(policies.RULES, Action.REVERSE, actor, rule_facts_of(pledge))
        payload |= {"amount_minor": _amount(step, pledge), "currency": pledge.currency}
        of_pledge = Draft(ActName.REVERSAL, f"step:{step.id}", None, payload, reason, pledge_id=pledge.id)
        return propose(of_pledge, actor=actor, key=key)
    allocation = payable_allocation(step, actor)
    payload["amount_minor"] = payment[0].amount_minor
    if allocation.seat_id is not None:
        kind = sa.select(SeatLine.kind).where(SeatLine.id == payment[0].seat_line_id)
        payload |= {"line": db.session.scalar(kind), "seat_number": queries.seat_number(allocation.seat_id)}
    subject = f"step:{step.id}"
    draft = Draft(ActName.REVERSAL, subject, allocation.request_id, payload, reason, seat_id=allocation.seat_id)
    return propose(draft, actor=actor, key=key)


_WITH_THE_DONOR = {
    (AccountKind.EXPECTED, AccountKind.EXCHANGE),
    (AccountKind.DONOR, AccountKind.UNAPPLIED),
    (AccountKind.UNAPPLIED, AccountKind.EXCHANGE),
    (AccountKind.UNAPPLIED, AccountKind.DONOR),
    (AccountKind.EXCHANGE, AccountKind.DONOR),
}
"""The transfers that say how much a step moved between donor and fund, in the pledge's currency."""


def _amount(step: Act, pledge: Pledge) -> int:
    moved = [one for one in queries.postings_of(step.id) if one.source.currency == pledge.currency]
    return sum(one.amount_minor for one in moved if (one.source.kind, one.target.kind) in _WITH_THE_DONOR)


def payable_allocation(step: Act, actor: Actor) -> Allocation:
    """The allocation whose payment or recovery a step is. Raises NotFound where it is none, or the actor may not know
    the request."""
    found = payment_of(step)
    if found is None:
        raise NotFound
    return queries.get_allocation(found[1].public_id, actor)[0]


def _describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
    return {act.id: _sentence(act.payload) for act in acts}


def _sentence(payload: Mapping[str, Any]) -> Any:
    facts = {
        "number": payload["number"],
        "pledge": payload["pledge"],
        "step": ACTS[payload["name"]].label,
        "amount": format_money(payload["amount_minor"], payload.get("currency", FUND_CURRENCY)),
    }
    if not payload.get("line"):
        return lazy("Reverse step %(number)d of %(pledge)s (%(step)s, %(amount)s)", **facts)
    facts |= {"line": LINE_LABELS[payload["line"]], "seat": payload["seat_number"]}
    return lazy(
        "Reverse step %(number)d of %(pledge)s (%(step)s, %(amount)s, seat %(seat)d, line “%(line)s”)",
        **facts,
    )


def _step(act: ProposedAct) -> Act:
    return db.session.get_one(Act, act.payload["act_id"])


def _check(act: ProposedAct) -> None:
    must_be_possible(_step(act))


def _run(act: ProposedAct, actor: Actor) -> None:
    undo(_step(act), actor=actor, reason=act.reason)


REVERSAL = ActKind(
    ActName.REVERSAL,
    lazy("Reversal"),
    proposers=("finance_officer",),
    confirmers=("finance_officer", "programme_manager"),
    describe=_describe,
    check=_check,
    run=_run,
    does=(
        lazy("The same transfers are posted once more, exchanged. Nothing is erased."),
        lazy("A claim that had ended with the recovery is open again, and whoever is asked is told."),
    ),
)
