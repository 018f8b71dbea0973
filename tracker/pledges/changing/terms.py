"""A pledge ends later, or its money is for something else."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tracker.errors import Conflict, Invalid
from tracker.languages.formatting import format_day
from tracker.languages.marking import lazy
from tracker.pledges.actions import Action
from tracker.pledges.changing.proposing import BY_BOTH, must_stand
from tracker.pledges.earmarks import Rule, rules_of
from tracker.pledges.proposed_acts.about_pledges import may, or_moved, pledge_of, proposed, saying
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.services import changes
from tracker.pledges.services.promises import problems_of_use
from tracker.rights.actor import Actor

READ_BY_BOTH = lazy("The donor and UNODC read the reason.")


def propose_extension(public_id: uuid.UUID, *, actor: Actor, ends_on: date, reason: str, key: str) -> str:
    """Propose that the agreement ends on a later day. Gives the act's public id."""
    pledge = may(Action.EXTEND, public_id, actor)
    was = pledge.ends_on.isoformat() if pledge.ends_on is not None else None
    payload = {"ends_on": ends_on.isoformat(), "was": was}
    return proposed(ActName.EXTEND, pledge, payload, reason, actor=actor, key=key)


def propose_earmarks(public_id: uuid.UUID, *, actor: Actor, rules: Sequence[Rule], reason: str, key: str) -> str:
    """Propose that the money is for what these earmarks say. Gives the act's public id."""
    pledge = may(Action.EARMARK, public_id, actor)
    payload = {"rules": _written(rules), "was": _written(rules_of(pledge.earmarks))}
    return proposed(ActName.EARMARK, pledge, payload, reason, actor=actor, key=key)


def _written(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    return [{"rule": one.rule, "codes": list(one.codes), "share_bp": one.share_bp} for one in rules]


def rules_in(written: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Earmarks as a proposal keeps them."""
    return tuple(Rule(one["rule"], tuple(one["codes"]), one["share_bp"]) for one in written)


def _check_extension(act: ProposedAct) -> None:
    pledge = pledge_of(act)
    must_stand(pledge, Action.EXTEND)
    if pledge.ends_on is None or act.payload["ends_on"] <= pledge.ends_on.isoformat():
        day = format_day(pledge.ends_on) if pledge.ends_on is not None else "–"
        raise Invalid(fields={"ends_on": lazy("The agreement ends on %(day)s now: enter a later day.", day=day)})


def _check_earmarks(act: ProposedAct) -> None:
    pledge, rules = pledge_of(act), rules_in(act.payload["rules"])
    must_stand(pledge, Action.EARMARK)
    if problems := problems_of_use(rules):
        raise Invalid(fields=problems)
    if set(rules) == set(rules_of(pledge.earmarks)):
        raise Conflict(lazy("The earmark says this already."))


def _extend(act: ProposedAct, actor: Actor) -> None:
    or_moved(lambda: changes.extend(pledge_of(act), date.fromisoformat(act.payload["ends_on"]), actor=actor))


def _earmark(act: ProposedAct, actor: Actor) -> None:
    or_moved(lambda: changes.change_earmarks(pledge_of(act), rules_in(act.payload["rules"]), actor=actor))


def _of_extension(payload: Mapping[str, Any]) -> Any:
    day = format_day(date.fromisoformat(payload["ends_on"]))
    return lazy("Extend %(pledge)s to %(day)s", day=day, pledge=payload["pledge"])


EXTEND = ActKind(
    ActName.EXTEND,
    lazy("Extension of a pledge"),
    **BY_BOTH,
    describe=saying(_of_extension),
    check=_check_extension,
    run=_extend,
    does=(lazy("Allocations can be approved up to the new day; what follows from the end follows."), READ_BY_BOTH),
)
EARMARK = ActKind(
    ActName.EARMARK,
    lazy("Change of an earmark"),
    **BY_BOTH,
    describe=saying(lambda payload: lazy("Change the earmark of %(pledge)s", pledge=payload["pledge"])),
    check=_check_earmarks,
    run=_earmark,
    does=(
        lazy("What is approved from now on suits the new earmark; what was approved stays."),
        lazy("A plan that does not suit it cannot be approved."),
        READ_BY_BOTH,
    ),
)
