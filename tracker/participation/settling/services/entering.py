"""The travel officer says how a journey went and what was billed: what is due is counted and kept."""

import uuid
from collections.abc import Collection, Iterable
from functools import partial
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.canonical import canonical
from tracker.database.transactions import update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Invalid, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy, one_text
from tracker.participation.claims.lifecycle import Days
from tracker.participation.claims.services import answer
from tracker.participation.offers.services.moving import hold_requests
from tracker.participation.seats.models import Seat
from tracker.participation.settling import queries
from tracker.participation.settling.claimed import accepted_of, claim_of, mark_of
from tracker.participation.settling.dues import Due, as_planned, check_days, check_fare, dues, flat_lines
from tracker.participation.settling.lifecycle import Entry
from tracker.participation.settling.models import Settlement, SettlementLine
from tracker.participation.settling.outdated import read_of
from tracker.participation.settling.policies import RULES, SettleAction
from tracker.participation.settling.queries import Settling
from tracker.participation.settling.recording import facts_of, names_of, record
from tracker.participation.support.queries import support_of
from tracker.participation.travel.by_day import as_plain
from tracker.reference import queries as reference
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def enter(public_id: uuid.UUID, *, actor: Actor, version: int | None, entry: Entry) -> None:
    """Enter what is due for a seat, again if need be, until it is settled; a finance officer is told. `version` is the
    seat's. Raises Stale also where another claim stands than the one that was read, Invalid by field, NotCounted
    where a rate is missing."""
    hold_requests({queries.get(public_id, actor).request.id})
    one = queries.get(public_id, actor)
    authorize(RULES, SettleAction.ENTER, actor, facts_of(one))
    if mark_of(claim_of(one)) != entry.claim:
        raise Stale(lazy("The claim of the delegate changed while you had this open: read it before you enter this."))
    check_days(one, entry.spent)
    check_fare(one, entry)
    support = support_of(one.request.session_id) if one.request.session_id else None
    flat = flat_lines([one], {one.seat.id: entry.spent}, support)
    _keep(
        one, entry, dues(one.lines, entry, flat[one.seat.id], state_bears=one.state_bears), actor=actor, version=version
    )
    entered = queries.get_by_id(one.seat.id)
    if entered.owed and not entry.remark:
        raise Invalid(fields={"remark": lazy("Something comes back: say why. The State reads it.")})
    days = Days(entry.spent.arrives_on, entry.spent.leaves_on, entry.spent.provided)
    said = {"days": days, "accepted": accepted_of(one, entry), "why": entry.answer}
    answer(one.seat.id, one.person.id, actor=actor, **said)
    record("participation.settlement_entered", [entered], actor)


@verb(events=None)
def enter_as_planned(code: str, seats: Collection[uuid.UUID], *, actor: Actor) -> int:
    """Enter for several seats of a session that all went as planned and was paid as it is due; gives how many. All or
    none: raises Conflict naming each seat of which something differs. One event for each request."""
    authorize(RULES, SettleAction.ENTER_MANY, actor, None)
    session = reference.get_session(code)
    found = ticked(session.id, seats, actor)
    planned = plain(found, session.id)
    if left := [one for one in found if one.seat.id not in planned]:
        raise Conflict(one_text((lazy("Nothing was entered. These seats are entered one by one:"), names_of(left))))
    for one in found:
        entry, due = planned[one.seat.id]
        _keep(one, entry, due, actor=actor, version=None)
    record("participation.settlement_entered", found, actor)
    return len(found)


def ticked(session_id: int, seats: Collection[uuid.UUID], actor: Actor) -> list[Settling]:
    """The chosen seats of a session, their requests held. Raises Invalid where none is chosen, NotFound."""
    if not seats:
        raise Invalid(lazy("No seat is ticked."))
    chosen = Seat.public_id.in_(list(seats))
    hold_requests({one.request.id for one in queries.of_session(session_id, actor, chosen)})
    found = queries.of_session(session_id, actor, chosen)
    if len(found) < len(set(seats)):
        raise Conflict(lazy("A seat that you chose is not to be settled any more: open the list again."))
    return found


def plain(seats: Iterable[Settling], session_id: int) -> dict[int, tuple[Entry, list[Due]]]:
    """What would be entered, by the seat's id, for seats that are not entered yet and of which nothing differs: the
    journey as it was planned, and paid to the cent what is due."""
    waiting = [
        one for one in seats if one.is_open and one.settlement is None and not (one.bearer_is_open or one.claim_waits)
    ]
    entries = {one.seat.id: as_planned(one) for one in waiting}
    sure = [one for one in waiting if _fits(check_days, one, entries[one.seat.id].spent)]
    spent = {one.seat.id: entries[one.seat.id].spent for one in sure}
    support = support_of(session_id)
    if support is None:
        return {}
    flat = flat_lines(sure, spent, support)
    found = {}
    for one in sure:
        entry = entries[one.seat.id]
        due = _fits(partial(dues, state_bears=one.state_bears), one.lines, entry, flat[one.seat.id])
        paid = {line.kind: line.paid_minor for line in one.lines}
        if due and due is not True and all(each.amount_minor == paid[each.kind] for each in due):
            found[one.seat.id] = entry, due
    return found


def _fits(check: Any, *facts: Any) -> Any:
    """What the check gives, True for nothing; None where it refuses."""
    try:
        return check(*facts) or True
    except (Invalid, Conflict):
        return None


def _keep(one: Settling, entry: Entry, due: Iterable[Due], *, actor: Actor, version: int | None) -> None:
    seat, spent = one.seat, entry.spent
    changed = update_where(
        Seat,
        Seat.id == seat.id,
        Seat.version == (seat.version if version is None else version),
        version=Seat.version + 1,
    )
    if not changed:
        raise Stale(lazy("Somebody changed this seat while you had it open."))
    db.session.execute(sa.delete(SettlementLine).where(SettlementLine.seat_id == seat.id))
    row = db.session.get(Settlement, seat.id) or Settlement(seat_id=seat.id)
    row.arrives_on, row.leaves_on = spent.arrives_on, spent.leaves_on
    row.provided, row.journey = as_plain(spent.provided), read_of(one.journey)
    row.state_bears = one.state_bears
    row.remark, row.entered_by_id, row.entered_at = entry.remark, actor.person_id or 0, now()
    db.session.add(row)
    db.session.flush()
    for line in due:
        db.session.add(
            SettlementLine(
                seat_id=seat.id,
                kind=line.kind,
                due_minor=line.amount_minor,
                invoice=line.invoice,
                parts=[canonical(part) for part in line.parts],
            )
        )
    db.session.flush()
    db.session.refresh(seat)
