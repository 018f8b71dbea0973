"""What goes back to a donor unspent, and money beyond a pledge that is applied or returned: by two persons."""

import uuid
from collections.abc import Callable
from typing import Any

from tracker.errors import Invalid
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.money import FUND_CURRENCY
from tracker.pledges import queries
from tracker.pledges.actions import Action
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts.about_pledges import may, or_moved, pledge_of, proposed, saying, words_of
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.services import going_back
from tracker.rights.actor import Actor

_LESS = lazy("Less is available now than this would give back.")


def propose_refund(
    public_id: uuid.UUID, *, actor: Actor, amount_minor: int, external_reference: str, reason: str, key: str
) -> str:
    """Propose to give unspent money back to the donor: `amount_minor` (USD) and the support cost that nothing earned.
    Gives the act's public id."""
    pledge = may(Action.REFUND, public_id, actor)
    if not shown(external_reference):
        raise Invalid(fields={"external_reference": lazy("Enter the reference of the finance system or the bank.")})
    payload = {"amount_minor": amount_minor, "currency": FUND_CURRENCY, "external_reference": external_reference}
    return proposed(ActName.REFUND, pledge, payload, reason, actor=actor, key=key)


def propose_to_apply(public_id: uuid.UUID, *, actor: Actor, reason: str, key: str) -> str:
    """Propose to take all money beyond the pledge as received. Gives the act's public id."""
    return _with_the_surplus(ActName.APPLY_SURPLUS, may(Action.APPLY_SURPLUS, public_id, actor), actor, reason, key)


def propose_to_return(public_id: uuid.UUID, *, actor: Actor, reason: str, key: str) -> str:
    """Propose to send all money beyond the pledge back. Gives the act's public id."""
    return _with_the_surplus(ActName.RETURN_SURPLUS, may(Action.RETURN_SURPLUS, public_id, actor), actor, reason, key)


def _with_the_surplus(name: ActName, pledge: Pledge, actor: Actor, reason: str, key: str) -> str:
    amount = queries.sums_of([pledge.id])[pledge.id]["unapplied"]
    payload = {"amount_minor": amount, "currency": pledge.currency}
    return proposed(name, pledge, payload, reason, actor=actor, key=key)


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
    or_moved(lambda: going_back.refund(pledge_of(act), *facts, actor=actor, reason=act.reason), _LESS)


def _with_surplus(post: Any) -> Callable[[ProposedAct, Actor], None]:
    def run(act: ProposedAct, actor: Actor) -> None:
        amount = act.payload["amount_minor"]
        or_moved(lambda: post(pledge_of(act), amount, actor=actor, reason=act.reason), _LESS)

    return run


_NOT_ALONE: dict[str, Any] = {
    "proposers": ("finance_officer",),
    "confirmers": ("finance_officer", "programme_manager"),
}
_READ_BY_THE_DONOR = lazy("The donor reads the reason in the ledger of the pledge.")

REFUND = ActKind(
    ActName.REFUND,
    lazy("Refund"),
    **_NOT_ALONE,
    describe=saying(lambda payload: lazy("Refund %(amount)s of %(pledge)s to the donor", **words_of(payload))),
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
    describe=saying(lambda payload: lazy("Take %(amount)s beyond %(pledge)s as received", **words_of(payload))),
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
    describe=saying(lambda payload: lazy("Return %(amount)s beyond %(pledge)s to the donor", **words_of(payload))),
    check=_check_surplus("return"),
    run=_with_surplus(going_back.return_surplus),
    does=(lazy("It goes back to the donor whole."), _READ_BY_THE_DONOR),
)
