"""A round opened, prepared, sent back and dropped."""

import secrets
import uuid
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from tracker import events
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.participation.support.queries import support_of
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.reference.nominations import must_take_place
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize
from tracker.rounds import inputs, queries
from tracker.rounds.lifecycle import RoundAction, RoundStatus
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.policies import OPEN_RULES, RULES
from tracker.rounds.presenting import said_against
from tracker.rounds.reading import out_of_turn, replayed, table_of
from tracker.rounds.refused import Refused
from tracker.rounds.rule_facts import rule_facts_of

_BYTES_OF_THE_SEED = 16


@verb
def open_round(code: str, *, actor: Actor) -> str:
    """Open the next round of a session; gives its public id. The seed of the lot is drawn here, before anything is
    computed. Raises Conflict while another round is under way, or while the session's support is not set up."""
    authorize(OPEN_RULES, RoundAction.OPEN, actor, None)
    session = reference.get_session(code)
    queries.refuse_recused(session.id, actor)
    must_take_place(session.id)
    if support_of(session.id) is None:
        raise Conflict(lazy("Say first what this session pays and by which rules: then a round can be opened."))
    latest = db.session.scalar(sa.select(sa.func.max(Round.number)).where(Round.session_id == session.id)) or 0
    seed = secrets.token_hex(_BYTES_OF_THE_SEED)
    round_ = Round(session_id=session.id, number=latest + 1, seed=seed, opened_by_id=actor.person_id)
    db.session.add(round_)
    try:
        db.session.flush()
    except IntegrityError as reason:
        raise Conflict(lazy("A round of this session is under way already.")) from reason
    _record("opened", round_, actor)
    return str(round_.public_id)


@verb
def prepare(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str = "") -> None:
    """Sign the round, so that a second person can approve it; what it rests on is kept. Seats that depart from the
    order by now get the `reason`. Raises Refused where something stands against one of its seats, Invalid where a
    departure has no reason."""
    round_ = queries.get_round(public_id, actor)
    authorize(RULES, RoundAction.PREPARE, actor, rule_facts_of(round_))
    must_take_place(round_.session_id)
    round_.apply(RoundAction.PREPARE, version=version, prepared_by_id=actor.person_id, prepared_at=now(), reason=None)
    table = table_of(round_)
    if not table.seats and not table.stray:
        raise Conflict(lazy("Give a seat first, or drop the round."))
    wrong = [
        *(said_against(table, row, reason) for row, reasons in replayed(table) for reason in reasons),
        *inputs.seats_moved(table),
    ]
    if wrong:
        raise Refused(wrong)
    _say_why(out_of_turn(table), reason.strip())
    _keep(round_, inputs=inputs.written(table))
    _record("prepared", round_, actor, seats=len(table.seats))


@verb
def send_back(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """Give a prepared round back to who gives seats, with the reason; nothing is lost."""
    round_ = queries.get_round(public_id, actor)
    authorize(RULES, RoundAction.SEND_BACK, actor, rule_facts_of(round_))
    round_.apply(RoundAction.SEND_BACK, version=version, reason=_required(reason))
    _record("sent_back", round_, actor)


@verb
def drop(public_id: uuid.UUID, *, actor: Actor, version: int | None, reason: str) -> None:
    """End a round that gives nothing. Another can be opened then, with a seed of its own; this one stays to be read, as
    it stood when it was signed or, open, when it was dropped."""
    round_ = queries.get_round(public_id, actor)
    authorize(RULES, RoundAction.DROP, actor, rule_facts_of(round_))
    if round_.status == RoundStatus.OPEN:
        _keep(round_, inputs=inputs.written(table_of(round_)))
    round_.apply(RoundAction.DROP, version=version, reason=_required(reason))
    _record("dropped", round_, actor)


def _say_why(rows: Sequence[RoundSeat], reason: str) -> None:
    if not rows:
        return
    if not reason:
        raise Invalid(fields={"reason": lazy("By the published order another State is next: say why this one is.")})
    update_where(RoundSeat, RoundSeat.id.in_([row.id for row in rows]), reason=reason)


def _required(reason: str) -> str:
    if not reason.strip():
        raise Invalid(fields={"reason": lazy("Enter the reason.")})
    return reason.strip()


def _keep(round_: Round, **facts: Any) -> None:
    """Write what a round rested on; the status does not change with it."""
    db.session.execute(sa.update(Round).where(Round.id == round_.id).values(**facts))


def _record(what: str, round_: Round, actor: Actor, **data: Any) -> None:
    session_id = round_.session_id
    code = db.session.scalar(sa.select(Session.code).where(Session.id == session_id))
    events.record(f"rounds.{what}", round_, actor=actor, session=code, number=round_.number, **data)
