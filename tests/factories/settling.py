"""Seats whose journey is over, with what was paid: `scene()`, then `scene.seat("travelled", fare=…, allowance=…)`."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import count

import sqlalchemy as sa

from tests.factories import accounts, conditions, keeping
from tests.factories import participation as taking_part
from tests.factories import pledges as money
from tests.factories import seats as seating
from tests.factories.accounts import Someone
from tests.factories.assistance import Case, People
from tracker.calendar.now import VIENNA, today
from tracker.costs.lines import LineKind, Payer
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.participation.seats.services import NewLine, NewSeat
from tracker.participation.settling import queries
from tracker.participation.travel import services as desk
from tracker.pledges import services as paying
from tracker.pledges.models import Allocation, SeatLine
from tracker.pledges.seat_lines import WHOLE
from tracker.pledges.services.seats import free_seat

CODE = "AHC-T950"
NIGHTS = 6
DAILY = 507_00
PLANNED = NIGHTS * DAILY + DAILY * 40 // 100
"""Six nights in Vienna and the day of leaving by rule set A."""
ESTIMATE = {"fare": 780_00, "allowance": PLANNED, "terminals": 152_00, "contingency": 39_00}
STEPS = {
    "confirmed": (),
    "travelled": ("ticket", "travel"),
    "no_show": ("ticket", "miss"),
    "cancelled": ("ticket", "cancel"),
}
WHY = {"cause": "illness", "borne_by": "pledge", "reason": "Fell ill."}
_numbers = count(1)


def on_day(days_ago: int) -> datetime:
    """Noon in Vienna so many days ago: an hour of another season is another day near midnight."""
    return datetime.combine(today() - timedelta(days=days_ago), time(12), VIENNA)


@dataclass
class Scene:
    """A session that is over, a pledge with money, and the office's people."""

    donors: money.People
    session_id: int
    first_day: date
    pledge: uuid.UUID
    travel: Someone
    finance: Someone
    second: Someone
    cases: dict[str, Case] = field(default_factory=dict)
    states: dict[str, People] = field(default_factory=dict)

    @property
    def manager(self) -> Someone:
        return self.donors.manager

    def seat(
        self, stands: str = "travelled", *, of: str = "KEN", also: dict[str, int] | None = None, **paid: int
    ) -> uuid.UUID:
        """A seat of a State, moved to where it stands, with what was paid of its lines; `also` are further lines."""
        case = self.cases.get(of) or self._case(of)
        with transaction() as session:
            number = next(_numbers)
            days = {"arrives_on": self.first_day, "leaves_on": self.first_day + timedelta(NIGHTS)}
            said = {"departure_iata": "NBO", **taking_part.PAID, **days}
            row = Delegate(request_id=case.now.id, position=number, name=f"Amina Otieno {number}", **said)
            session.add(row)
            session.flush()
            person = row.id
        pledge = seating.row_of(self.pledge)
        lines = tuple(
            NewLine(LineKind(kind), Payer.FUND, amount, pledge) for kind, amount in (ESTIMATE | (also or {})).items()
        )
        (seat_id,) = seating.given(self.donors, [NewSeat(case.now.id, person, lines)])
        public_id = db.session.scalars(sa.select(Seat.public_id).where(Seat.id == seat_id)).one()
        db.session.rollback()
        move(public_id, "confirm")
        for kind, amount in paid.items():
            self.pay(public_id, amount, kind)
        move(public_id, *STEPS[stands])
        if stands == "cancelled":
            with transaction():
                free_seat(seat_id, actor=self.finance.actor, reason="Fell ill.")
        return public_id

    def _case(self, of: str) -> Case:
        self.cases[of] = taking_part.accepted(self.states.get(of) or People(of), session_id=self.session_id)
        return self.cases[of]

    def pay(self, seat: uuid.UUID, amount: int, kind: str, *, part: str = WHOLE, method: str = "cash") -> None:
        """Record a payment for a line: the ticket to the agency, the rest to the delegate."""
        payee = "travel_agent" if kind == "fare" else "delegate"
        paid = replace(self._payment(seat, amount, kind, payee, part), method=method)
        paying.disburse(allocation_of(seat), actor=self.finance.actor, payment=paid)

    def to_an_account(self, seat: uuid.UUID) -> None:
        """Let transfers reach whoever sits there: the conditions are accepted, and finance knows the payee."""
        conditions.accept(seat, self.travel.actor)
        desk.record_payee(seat, actor=self.finance.actor, version=None, payee=desk.Payee("401200"))

    def recover(self, seat: uuid.UUID, amount: int, kind: str) -> None:
        """Record that money came back."""
        came = self._payment(seat, amount, kind, "delegate", "")
        paying.recover(allocation_of(seat), actor=self.finance.actor, payment=came)

    def _payment(self, seat: uuid.UUID, amount: int, kind: str, payee: str, part: str) -> paying.Payment:
        of_line = sa.select(SeatLine.id).join(Seat, Seat.id == SeatLine.seat_id).where(Seat.public_id == seat)
        line = db.session.scalars(of_line.where(SeatLine.kind == kind)).one()
        db.session.rollback()
        reference = f"FIN-{next(_numbers)}"
        return paying.Payment(amount, today(), reference, payee, "cash", "By hand.", seat_line_id=line, part=part)


@keeping.kept
def scene(code: str = CODE, *, donors: money.People | None = None, office: tuple[Someone, ...] = ()) -> Scene:
    """A session that began five weeks ago in Vienna, with its support and the delivered rates; `office` are a travel
    officer and two finance officers."""
    first = today() - timedelta(days=35)
    session_id = taking_part.meeting(first_day=first, code=code)
    taking_part.with_support(session_id)
    donors = donors or money.people()
    pledge = money.funded(donors, money.terms(100_000_00))
    roles = ("travel_officer", "finance_officer", "finance_officer")
    return Scene(donors, session_id, first, pledge, *(office or [accounts.person(role) for role in roles]))


def move(seat: uuid.UUID, *steps: str) -> None:
    """Move a seat along its way; whoever sits in it stands where it does."""
    with transaction() as session:
        row = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        for step in steps:
            row.apply(SeatAction(step), version=None, **(WHY if step in ("miss", "cancel") else {}))
        update_where(Delegate, Delegate.id == row.delegate_id, status=row.status, version=Delegate.version + 1)


def allocation_of(seat: uuid.UUID) -> uuid.UUID:
    """What pays a seat."""
    whose = sa.select(Allocation.public_id).join(Seat, Seat.id == Allocation.seat_id).where(Seat.public_id == seat)
    found = db.session.scalars(whose.order_by(Allocation.id)).first()
    db.session.rollback()
    assert found is not None
    return found


def read(scene: Scene, seat: uuid.UUID) -> queries.Settling:
    """The seat as the manager reads it."""
    db.session.rollback()
    found = queries.get(seat, scene.manager.actor)
    assert found.person.name
    return found


def provided(first: date, **counts: int) -> dict[date, frozenset[str]]:
    """What others provided on so many days from the first on: `provided(first, lunch=5, lodging=6)`."""
    days = [first + timedelta(number) for number in range(max(counts.values(), default=0))]
    return {day: frozenset(what for what, most in counts.items() if n < most) for n, day in enumerate(days)}
