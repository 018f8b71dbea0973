"""Whatever was paid, recovered, reversed and written off, and in which order: what is owed for a seat is what was paid,
less what is due, came back or was given up; the session's account lists exactly the seats of which something is."""

import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import aliased

from tests.factories import pledges
from tests.factories.settling import CODE, PLANNED, Scene, read
from tracker.errors import DomainError
from tracker.extensions import db
from tracker.participation.settling import account, services
from tracker.participation.settling.lifecycle import Billed, Entry, Spent
from tracker.participation.settling.write_off import propose_write_off
from tracker.pledges import verification
from tracker.pledges.models import Act, Allocation, Disbursement, SeatLine
from tracker.pledges.proposed_acts import services as acts
from tracker.reference import queries as reference

LINES = st.sampled_from(["fare", "allowance"])
AMOUNTS = st.sampled_from([10_00, 250_00, 780_00, PLANNED])
REVERSE, GIVE_UP = st.tuples(st.just("reverse")), st.tuples(st.just("give_up"), LINES)
PAY, RECOVER = (st.tuples(st.just(name), LINES, AMOUNTS) for name in ("pay", "recover"))
BEFORE = st.lists(st.one_of(PAY, RECOVER, REVERSE), min_size=1, max_size=3)
AFTER = st.lists(st.one_of(RECOVER, REVERSE, GIVE_UP), min_size=3, max_size=6)


@dataclass
class Told:
    """A seat as the acts that were let through make it, without a look at what the office keeps of it."""

    seat: uuid.UUID
    paid: Counter[str]
    came_back: Counter[str] = field(default_factory=Counter)
    given_up: Counter[str] = field(default_factory=Counter)
    due: dict[str, int] = field(default_factory=dict)
    is_settled: bool = False

    def owed(self) -> dict[str, int]:
        """What is owed of each line, where something is."""
        ended = {line: self.came_back[line] + self.given_up[line] + due for line, due in self.due.items()}
        return {line: self.paid[line] - less for line, less in ended.items() if self.paid[line] > less}


class Played:
    """Acts on the seats of one session; a refusal in a sentence changes nothing."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.seats: list[Told] = []
        self.done: Counter[str] = Counter()

    def begin(self, stands: str) -> Told:
        one = Told(self.scene.seat(stands, fare=700_00, allowance=1_000_00), Counter(fare=700_00, allowance=1_000_00))
        self.seats.append(one)
        return one

    def do(self, name: str, act: Callable[[], Any]) -> bool:
        try:
            act()
        except DomainError:
            db.session.rollback()
            return False
        self.done[name] += 1
        return True

    def pay(self, one: Told, line: str, amount: int) -> None:
        if self.do("pay", lambda: self.scene.pay(one.seat, amount, line, part="advance")):
            one.paid[line] += amount

    def recover(self, one: Told, line: str, amount: int) -> None:
        if self.do("recover", lambda: self.scene.recover(one.seat, amount, line)):
            one.came_back[line] += amount

    def reverse(self, one: Told) -> None:
        last = latest(read(self.scene, one.seat).seat.id)
        if last and self.do(f"reverse {last.name}", lambda: pledges.reverse(self.scene.donors, last.public_id)):
            (one.paid if last.name == "disburse" else one.came_back)[last.kind] -= last.amount_minor

    def give_up(self, one: Told, line: str) -> None:
        if self.do("give up", lambda: self._given_up(one.seat, line)):
            one.given_up[line] += one.owed()[line]

    def _given_up(self, seat: uuid.UUID, line: str) -> None:
        facts = {"line": line, "reason": "It cannot be had.", "key": str(uuid.uuid4())}
        act = uuid.UUID(propose_write_off(seat, actor=self.scene.finance.actor, **facts))
        acts.confirm(act, actor=self.scene.manager.actor, version=None)

    def settle(self, one: Told, due: int) -> None:
        entry = Entry(Spent(), {"fare": Billed(due, "INV-1")}, "Did not come.")
        by = {"actor": self.scene.travel.actor, "version": None}
        if self.do("enter", lambda: services.enter(one.seat, entry=entry, **by)):
            one.due = {"fare": due, "allowance": 0}
        by = {"actor": self.scene.finance.actor, "version": None, "seen_minor": sum(one.owed().values())}
        if self.do("settle", lambda: services.settle(one.seat, **by)):
            one.is_settled = True

    def check(self, one: Told) -> None:
        found = read(self.scene, one.seat)
        assert {line.kind: line.owed_minor for line in found.owed} == one.owed()
        assert found.is_settled is one.is_settled


def latest(seat_id: int) -> Any:
    """The latest payment or recovery of a seat that was not reversed, with its line."""
    reversal = aliased(Act)
    statement = (
        sa.select(Act.public_id, Act.name, Disbursement.amount_minor, SeatLine.kind)
        .join(Disbursement, Disbursement.act_id == Act.id)
        .join(Allocation, Allocation.id == Disbursement.allocation_id)
        .join(SeatLine, SeatLine.id == Disbursement.seat_line_id)
        .outerjoin(reversal, reversal.reverses_id == Act.id)
        .where(Allocation.seat_id == seat_id, reversal.id.is_(None))
        .order_by(Act.id.desc())
        .limit(1)
    )
    found = db.session.execute(statement).first()
    db.session.rollback()
    return found


@given(stands=st.sampled_from(["no_show", "cancelled"]), before=BEFORE, due=AMOUNTS, after=AFTER)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def any_order(played, stands, before, due, after):
    one = played.begin(stands)
    for name, *facts in before:
        getattr(played, name)(one, *facts)
        played.check(one)
    played.settle(one, due)
    for name, *facts in after:
        getattr(played, name)(one, *facts)
        played.check(one)
    found = account.account_of(reference.get_session(CODE), played.scene.manager.actor)
    listed = {line.seat.public_id for line in found.owing if line.owed}
    assert listed == {each.seat for each in played.seats if each.is_settled and each.owed()}
    owed = sum(sum(each.owed().values()) for each in played.seats if each.is_settled)
    assert found.claimed_minor + found.refunds_minor == owed
    db.session.rollback()


def test_what_is_owed_is_what_the_ledger_says(scene):
    played = Played(scene)
    one = played.begin("cancelled")  # the way on which a claim opens that nobody raised when the seat was settled
    played.recover(one, "allowance", 1_000_00)
    played.settle(one, 700_00)
    played.reverse(one)
    played.check(one)
    assert one.owed() == {"allowance": 1_000_00}
    played.give_up(one, "allowance")
    played.check(one)
    assert not one.owed()
    any_order(played)
    assert verification.verify().first_wrong is None
    assert {"recover", "enter", "settle", "reverse recover", "give up"} <= set(played.done)
