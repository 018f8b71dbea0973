"""What goes back to a donor unspent, and money beyond a pledge that is applied or returned: by two persons."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money import FUND_CURRENCY
from tracker.pledges import policies, queries
from tracker.pledges.actions import Action
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.pledges.rule_facts import rule_facts_of
from tracker.pledges.services import going_back
from tracker.pledges.services.seats import Moved
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


def propose_refund(
    public_id: uuid.UUID, *, actor: Actor, amount_minor: int, external_reference: str, reason: str, key: str
) -> str:
    """Propose to give unspent money back to the donor: `amount_minor` (USD) and the support cost that nothing earned.
    Gives the act's public id."""
    pledge = _may(Action.REFUND, public_id, actor)
    if not shown(external_reference):
        raise Invalid(fields={"external_reference": lazy("Enter the reference of the finance system or the bank.")})
    payload = {"amount_minor": amount_minor, "currency": FUND_CURRENCY, "external_reference": external_reference}
    return propose(_draft(ActName.REFUND, pledge, payload, reason), actor=actor, key=key)


def propose_to_apply(public_id: uuid.UUID, *, actor: Actor, reason: str, key: str) -> str:
    """Propose to take all money beyond the pledge as received. Gives the act's public id."""
    return _with_the_surplus(ActName.APPLY_SURPLUS, _may(Action.APPLY_SURPLUS, public_id, actor), actor, reason, key)


def propose_to_return(public_id: uuid.UUID, *, actor: Actor, reason: str, key: str) -> str:
    """Propose to send all money beyond the pledge back. Gives the act's public id."""
    return _with_the_surplus(ActName.RETURN_SURPLUS, _may(Action.RETURN_SURPLUS, public_id, actor), actor, reason, key)


def _may(action: Action, public_id: uuid.UUID, actor: Actor) -> Pledge:
    pledge = queries.get_visible(public_id, actor)
    authorize(policies.RULES, action, actor, rule_facts_of(pledge))
    return pledge


def _with_the_surplus(name: ActName, pledge: Pledge, actor: Actor, reason: str, key: str) -> str:
    amount = queries.sums_of([pledge.id])[pledge.id]["unapplied"]
    payload = {"amount_minor": amount, "currency": pledge.currency}
    return propose(_draft(name, pledge, payload, reason), actor=actor, key=key)


def _draft(name: ActName, pledge: Pledge, payload: dict[str, Any], reason: str) -> Draft:
    facts = {**payload, "pledge": pledge.reference}
    return Draft(name, f"pledge:{pledge.id}", None, facts, reason, pledge_id=pledge.id)


def pledge_of(act: ProposedAct) -> Pledge:
    """The pledge that an act is about, as it stands now."""
    statement = sa.select(Pledge).where(Pledge.id == act.pledge_id).execution_options(populate_existing=True)
    return db.session.scalars(statement).one()


def _saying(sentence: Any) -> Callable[[Sequence[ProposedAct]], Mapping[int, Any]]:
    def describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
        return {act.id: sentence(_words(act.payload)) for act in acts}

    return describe


def _words(payload: Mapping[str, Any]) -> dict[str, Any]:
    return {"amount": format_money(payload["amount_minor"], payload["currency"]), "pledge": payload["pledge"]}


def _check_refund(act: ProposedAct) -> None:
    pledge = pledge_of(act)
    going_back.must_stand(pledge, "refund")
    going_back.must_be_unspent(pledge, act.payload["amount_minor"])


def _check_surplus(act_name: str) -> Callable[[ProposedAct], None]:
    def check(act: ProposedAct) -> None:
        pledge = pledge_of(act)
        going_back.must_stand(pledge, act_name)
        going_back.must_be_the_surplus(pledge, act.payload["amount_minor"])

    return check


def _refund(act: ProposedAct, actor: Actor) -> None:
    facts = act.payload["amount_minor"], act.payload["external_reference"]
    _or_moved(lambda: going_back.refund(pledge_of(act), *facts, actor=actor, reason=act.reason))


def _with_surplus(post: Any) -> Callable[[ProposedAct, Actor], None]:
    def run(act: ProposedAct, actor: Actor) -> None:
        amount = act.payload["amount_minor"]
        _or_moved(lambda: post(pledge_of(act), amount, actor=actor, reason=act.reason))

    return run


def _or_moved(post: Callable[[], None]) -> None:
    try:
        post()
    except Invalid as less:
        raise Moved([lazy("Less is available now than this would give back.")]) from less
    except Conflict as moved:
        raise Moved([moved.message]) from moved


_NOT_ALONE: dict[str, Any] = {
    "proposers": ("finance_officer",),
    "confirmers": ("finance_officer", "programme_manager"),
}
_READ_BY_THE_DONOR = lazy("The donor reads the reason in the ledger of the pledge.")

REFUND = ActKind(
    ActName.REFUND,
    lazy("Refund"),
    **_NOT_ALONE,
    describe=_saying(lambda words: lazy("Refund %(amount)s of %(pledge)s to the donor", **words)),
    check=_check_refund,
    run=_refund,
    does=(
        lazy("The support cost that nothing earned goes back with it."),
        lazy("Where the pledge has another currency, it goes back at the average rate at which the money came in."),
        _READ_BY_THE_DONOR,
    ),
)
APPLY_SURPLUS = ActKind(
    ActName.APPLY_SURPLUS,
    lazy("Money beyond the pledge, to apply"),
    **_NOT_ALONE,
    describe=_saying(lambda words: lazy("Take %(amount)s beyond %(pledge)s as received", **words)),
    check=_check_surplus("apply"),
    run=_with_surplus(going_back.apply_surplus),
    does=(
        lazy("It is taken as received at the rate of today. The donor has agreed to this."),
        _READ_BY_THE_DONOR,
    ),
)
RETURN_SURPLUS = ActKind(
    ActName.RETURN_SURPLUS,
    lazy("Money beyond the pledge, to return"),
    **_NOT_ALONE,
    describe=_saying(lambda words: lazy("Return %(amount)s beyond %(pledge)s to the donor", **words)),
    check=_check_surplus("return"),
    run=_with_surplus(going_back.return_surplus),
    does=(lazy("It goes back to the donor whole."), _READ_BY_THE_DONOR),
)
