"""A pledge is raised, or reduced by what has not come in."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.errors import Invalid
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.money import LARGEST
from tracker.pledges import doubts
from tracker.pledges.actions import Action
from tracker.pledges.changing.proposing import BY_BOTH, must_stand
from tracker.pledges.models import Pledge
from tracker.pledges.proposed_acts.about_pledges import may, or_moved, pledge_of, proposed, saying, words_of
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.services import changes
from tracker.reference.doubts import unless
from tracker.rights.actor import Actor

READ_BY_BOTH = lazy("The reason stands in the ledger of the pledge, for the donor and for UNODC.")


def propose_raise(
    public_id: uuid.UUID, *, actor: Actor, amount_minor: int, due_on: date, reason: str, key: str, sure: bool = False
) -> str:
    """Propose a further instalment, in the pledge's currency. Gives the act's public id. Raises Doubtful unless `sure`
    where it is due on a day that has passed."""
    pledge = may(Action.RAISE, public_id, actor)
    unless(sure, doubts.of_due_days([due_on], "due_on"))
    payload = {**_amounts(pledge, amount_minor), "due_on": due_on.isoformat()}
    return proposed(ActName.RAISE, pledge, payload, reason, actor=actor, key=key)


def propose_reduction(public_id: uuid.UUID, *, actor: Actor, amount_minor: int, reason: str, key: str) -> str:
    """Propose that less is promised, in the pledge's currency. Gives the act's public id."""
    pledge = may(Action.REDUCE, public_id, actor)
    return proposed(ActName.REDUCE, pledge, _amounts(pledge, amount_minor), reason, actor=actor, key=key)


def _amounts(pledge: Pledge, amount_minor: int) -> dict[str, Any]:
    return {"amount_minor": amount_minor, "currency": pledge.currency, "was_minor": pledge.amount_minor}


def _check_raise(act: ProposedAct) -> None:
    pledge = pledge_of(act)
    must_stand(pledge, Action.RAISE)
    if not 0 < act.payload["amount_minor"] <= LARGEST - pledge.amount_minor:
        raise Invalid(fields={"amount": lazy("Enter an amount above zero.")})


def _check_reduction(act: ProposedAct) -> None:
    pledge = pledge_of(act)
    must_stand(pledge, Action.REDUCE)
    changes.must_be_expected(pledge, act.payload["amount_minor"])


def _raise(act: ProposedAct, actor: Actor) -> None:
    amount, due_on = act.payload["amount_minor"], date.fromisoformat(act.payload["due_on"])
    or_moved(lambda: changes.raise_amount(pledge_of(act), amount, due_on, actor=actor, reason=act.reason))


def _reduce(act: ProposedAct, actor: Actor) -> None:
    amount = act.payload["amount_minor"]
    or_moved(lambda: changes.reduce_amount(pledge_of(act), amount, actor=actor, reason=act.reason))


def _of_raise(payload: Mapping[str, Any]) -> Any:
    day = format_day(date.fromisoformat(payload["due_on"]))
    return lazy("Raise %(pledge)s by %(amount)s, due on %(day)s", day=day, **words_of(payload))


RAISE = ActKind(
    ActName.RAISE,
    lazy("Raise of a pledge"),
    **BY_BOTH,
    describe=saying(_of_raise),
    check=_check_raise,
    run=_raise,
    does=(lazy("A further instalment is expected."), READ_BY_BOTH),
)
REDUCE = ActKind(
    ActName.REDUCE,
    lazy("Reduction of a pledge"),
    **BY_BOTH,
    describe=saying(lambda payload: lazy("Reduce %(pledge)s by %(amount)s", **words_of(payload))),
    check=_check_reduction,
    run=_reduce,
    does=(
        lazy("The last instalments shrink first."),
        lazy("Nothing that came in moves; no request loses money that is held."),
        READ_BY_BOTH,
    ),
)
