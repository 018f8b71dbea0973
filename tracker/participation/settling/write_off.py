"""The write-off: two persons give up what was paid too much for a line of a seat. It posts nothing; the claim ends."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tracker import events
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import update_where
from tracker.errors import Conflict
from tracker.extensions import db
from tracker.languages.formatting import format_money
from tracker.languages.marking import lazy
from tracker.money import FUND_CURRENCY
from tracker.participation.settling import queries
from tracker.participation.settling.lifecycle import Owes
from tracker.participation.settling.models import SettlementLine
from tracker.pledges import funding
from tracker.pledges.proposed_acts.kinds import ActKind
from tracker.pledges.proposed_acts.lifecycle import ActName
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.pledges.proposed_acts.services import Draft, propose
from tracker.pledges.seat_lines import LINE_LABELS
from tracker.pledges.services.seats import Moved
from tracker.rights.actor import Actor


def propose_write_off(public_id: uuid.UUID, *, actor: Actor, line: str, reason: str, key: str) -> str:
    """Propose to give up what is owed for a line of a settled seat. Gives the act's public id."""
    one = queries.get(public_id, actor)
    draft = Draft(
        ActName.WRITE_OFF,
        f"seat:{one.seat.id}:{line}",
        one.request.id,
        {"line": line, "seat_number": one.seat.number, "amount_minor": owed(one, line)},
        reason,
        seat_id=one.seat.id,
        delegate_id=one.person.id,
    )
    return propose(draft, actor=actor, key=key)


def owed(one: queries.Settling, line: str) -> int:
    """What is owed for a line of a settled seat now; 0 where nothing is."""
    if not one.is_settled:
        return 0
    return sum(each.owed_minor for each in one.lines if each.kind == line)


def _describe(acts: Sequence[ProposedAct]) -> Mapping[int, Any]:
    return {
        act.id: lazy(
            "Give up %(amount)s that is owed for seat %(number)d, line “%(line)s”",
            amount=format_money(act.payload["amount_minor"], FUND_CURRENCY),
            number=act.payload["seat_number"],
            line=LINE_LABELS[act.payload["line"]],
        )
        for act in acts
    }


def _check(act: ProposedAct) -> None:
    now_owed = owed(queries.get_by_id(act.seat_id or 0), act.payload["line"])
    if not now_owed:
        raise Conflict(lazy("Nothing is owed for this line any more."))
    if now_owed != act.payload["amount_minor"]:
        amount = format_money(now_owed, FUND_CURRENCY)
        raise Conflict(lazy("%(amount)s is owed now: refuse this and propose that amount.", amount=amount))


def _run(act: ProposedAct, actor: Actor) -> None:
    funding.hold(act.its_request_id)  # nobody records meanwhile that it came back
    try:
        _check(act)
    except Conflict as moved:
        raise Moved([moved.message]) from moved
    amount = act.payload["amount_minor"]
    of_line = (SettlementLine.seat_id == act.seat_id, SettlementLine.kind == act.payload["line"])
    fits = SettlementLine.ended_minor + amount <= SettlementLine.owed_minor
    if not update_where(SettlementLine, *of_line, fits, ended_minor=SettlementLine.ended_minor + amount):
        raise Moved([lazy("Nothing is owed for this line any more.")])
    request = db.session.get_one(AssistanceRequest, act.its_request_id)
    owes = db.session.scalar(sa.select(SettlementLine.owes).where(*of_line))
    events.record(
        "participation.claim_written_off" if owes == Owes.STATE else "participation.refund_written_off",
        request,
        actor=actor,
        seat_ids=[act.seat_id],
        delegate_ids=[act.delegate_id],
        line=act.payload["line"],
        amount_minor=amount,
    )


WRITE_OFF = ActKind(
    ActName.WRITE_OFF,
    lazy("Write-off"),
    proposers=("finance_officer",),
    confirmers=("finance_officer", "programme_manager"),
    describe=_describe,
    check=_check,
    run=_run,
    does=(
        lazy("Nobody is asked for this amount any more: the claim ends."),
        lazy("No money moves. What the seat cost stays as it was paid."),
    ),
)
