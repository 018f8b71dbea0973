"""Whatever is done with two seats, and in which order: nothing is held for one that has ended, the ledger agrees with
its record, and nobody sits in two seats. Hypothesis chooses the acts; a refusal in a sentence is a fair answer."""

import uuid
from collections import Counter
from datetime import timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.factories import assistance, participation, pledges, seats
from tests.factories import offers as make
from tests.factories.assistance import People
from tests.rights.papers import note
from tracker.assistance.authorisation import services as authorisation
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import DomainError
from tracker.extensions import db
from tracker.participation.ending import services as ending
from tracker.participation.ending.services import Why
from tracker.participation.models import Delegate
from tracker.participation.offers import services
from tracker.participation.offers.models import Offer
from tracker.participation.seats.lifecycle import (
    CAUSES_OF_A_STATE,
    CAUSES_OF_THE_OFFICE,
    ENDED,
    PAYABLE,
    Bearer,
    SeatStatus,
)
from tracker.participation.seats.models import Seat, SeatLine
from tracker.pledges import queries, verification
from tracker.pledges import services as paying
from tracker.pledges.models import Act, Allocation
from tracker.reference.models import Session

SEAT = st.integers(0, 1)
_numbers = count(1)
succeeded: Counter[str] = Counter()


class Seats(RuleBasedStateMachine):
    """Two seats of a State, its alternate, one pledge. `donors` is set by whoever runs it."""

    donors: pledges.People
    pledge: uuid.UUID

    @initialize()
    def begin(self) -> None:
        """Both seats are given, and not offered yet."""
        number = next(_numbers)
        self.code = f"AHC-W{number}"
        make.session_of(self.code, in_days=90)
        session_id = db.session.scalars(sa.select(Session.id).where(Session.code == self.code)).one()
        db.session.rollback()
        self.alternate = f"Moussa {number}"
        names = (f"Awa {number}", f"Issa {number}", self.alternate)
        self.case = participation.accepted(People("KEN"), session_id=session_id, names=names)
        request = pledges.FundableRequest(self.case.now.id, self.case.public_id, self.case.now.reference)
        people = db.session.scalars(sa.select(Delegate.id).where(Delegate.request_id == request.id)).all()
        db.session.rollback()
        given = seats.given(self.donors, [seats.seat(request, one, (self.pledge, 20_00)) for one in people[:2]])
        self.seats = list(db.session.scalars(sa.select(Seat.public_id).where(Seat.id.in_(given)).order_by(Seat.id)))
        db.session.rollback()
        self.office, self.authority = self.donors.manager.actor, self.case.authority

    def attempt(self, name: str, act: Any) -> None:
        """Do it; a refusal changes nothing."""
        try:
            act()
        except DomainError:
            db.session.rollback()
        else:
            succeeded[name] += 1

    def any_stands(self, *statuses: str) -> bool:
        return any(row.status in statuses for row in self.stood[0])

    def any_open(self) -> bool:
        return any(self.is_open)

    def apt(self, seat: int, *statuses: str) -> int:
        """The seat that was drawn or, where the act cannot be done to it, the other."""
        able = [open_ or row.status in statuses for row, open_ in zip(self.stood[0], self.is_open, strict=True)]
        return seat if able[seat] else 1 - seat

    def offer_of(self, seat: int) -> uuid.UUID:
        latest = sa.select(Offer.public_id).join(Seat, Seat.id == Offer.seat_id).order_by(Offer.id.desc()).limit(1)
        found = db.session.scalar(latest.where(Seat.public_id == self.seats[seat]))
        db.session.rollback()
        return found or uuid.uuid4()

    @precondition(lambda self: self.any_stands("selected"))
    @rule(seat=SEAT)
    def offer(self, seat: int) -> None:
        self.attempt("offer", lambda: services.send_offers(self.code, [self.seats[seat]], actor=self.office))

    @precondition(lambda self: self.any_open())
    @rule(seat=SEAT)
    def confirm(self, seat: int) -> None:
        self.say_yes(self.apt(seat))

    def say_yes(self, seat: int) -> None:
        by = {"actor": self.authority, "version": None, "nobody_else_pays": True}
        self.attempt("confirm", lambda: services.confirm(self.offer_of(seat), **by))

    @precondition(lambda self: self.any_stands("selected"))
    @rule(seat=SEAT)
    def offer_and_confirm(self, seat: int) -> None:
        self.offer(seat)
        self.say_yes(seat)

    @precondition(lambda self: self.any_open())
    @rule(seat=SEAT)
    def decline(self, seat: int) -> None:
        seat = self.apt(seat)
        by = {"actor": self.authority, "version": None, "reason": "Elections."}
        self.attempt("decline", lambda: services.decline(self.offer_of(seat), **by))

    @precondition(lambda self: self.any_open() or self.any_stands("confirmed"))
    @rule(seat=SEAT)
    def substitute(self, seat: int) -> None:
        seat = self.apt(seat, "confirmed")
        moussa = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.name == self.alternate)).one()
        db.session.rollback()
        by = {"actor": self.authority, "version": None, "delegate": moussa}
        self.attempt("substitute", lambda: services.substitute(self.offer_of(seat), **by))

    @precondition(lambda self: self.any_open() or self.any_stands("confirmed"))
    @rule(seat=SEAT)
    def name_somebody_new(self, seat: int) -> None:
        seat = self.apt(seat, "confirmed")
        number = next(_numbers)
        said = {"function": "Judge", "office": "High Court", "email": f"zuri{number}@ken.example"}
        new = services.NewPerson("Zuri", f"W{number}", **said, nationality_iso3="KEN", departure_airport="NBO")
        by = {"actor": self.authority, "version": None, "new": new, "note": note()}
        self.attempt("name", lambda: services.substitute(self.offer_of(seat), **by))

    @precondition(lambda self: self.any_open())
    @rule()
    def take_back(self) -> None:
        with transaction():
            update_where(Offer, Offer.outcome.is_(None), until=today() - timedelta(days=1))
        by = {"actor": self.office, "reason": "No answer."}
        self.attempt("take_back", lambda: services.take_back(self.code, self.seats, **by))

    @rule(seat=SEAT, cause=st.sampled_from(CAUSES_OF_THE_OFFICE))
    def end(self, seat: int, cause: Any) -> None:
        by = {"actor": self.office, "version": None, "why": Why(cause, "So it is.", Bearer.STATE)}
        self.attempt("end", lambda: ending.end_seat(self.seats[seat], **by))

    @precondition(lambda self: self.any_stands("confirmed", "ticketed"))
    @rule(seat=SEAT, cause=st.sampled_from(CAUSES_OF_A_STATE))
    def give_up(self, seat: int, cause: Any) -> None:
        seat = self.apt(seat, "confirmed", "ticketed")
        by = {"actor": self.authority, "version": None, "why": Why(cause, "So it is.")}
        self.attempt("give_up", lambda: ending.give_up_seat(self.offer_of(seat), **by))

    @precondition(lambda self: self.any_stands("selected", "confirmed"))
    @rule(seat=SEAT)
    def confirm_and_ticket(self, seat: int) -> None:
        self.offer_and_confirm(seat)
        self.ticket(seat)

    @precondition(lambda self: self.any_stands("confirmed"))
    @rule(seat=SEAT)
    def ticket(self, seat: int) -> None:
        self.attempt("ticket", lambda: make.ticketed(self.seats[seat]))

    @precondition(lambda self: self.any_stands("ticketed"))
    @rule(seat=SEAT, cause=st.sampled_from(CAUSES_OF_THE_OFFICE))
    def miss(self, seat: int, cause: Any) -> None:
        seat = self.apt(seat, "ticketed")
        make.begun(self.seats[seat])
        by = {"actor": self.office, "version": None, "why": Why(cause, "So it is.", Bearer.PLEDGE)}
        self.attempt("miss", lambda: ending.miss_journey(self.seats[seat], **by))

    @rule(seat=SEAT, amount=st.integers(1, 12_00))
    def pay(self, seat: int, amount: int) -> None:
        seat = self.apt(seat, "confirmed", "ticketed", "no_show")
        by = {"actor": self.donors.finance.actor, "payment": self.payment(seat, amount)}
        self.attempt("pay", lambda: paying.disburse(make.money_of(self.seats[seat]), **by))

    @precondition(lambda self: self.any_stands("confirmed", "ticketed"))
    @rule(seat=SEAT)
    def pay_wrongly(self, seat: int) -> None:
        seat = self.apt(seat, "confirmed", "ticketed")
        self.pay(seat, 3_00)
        self.pay_back(seat, 3_00)

    @precondition(lambda self: any(money.paid_minor for money in self.stood[1]))
    @rule(seat=SEAT)
    def recover(self, seat: int) -> None:
        seat = seat if self.stood[1][seat].paid_minor else 1 - seat
        self.pay_back(seat, self.stood[1][seat].paid_minor)

    def pay_back(self, seat: int, amount: int) -> None:
        by = {"actor": self.donors.finance.actor, "payment": self.payment(seat, amount)}
        self.attempt("recover", lambda: paying.recover(make.money_of(self.seats[seat]), **by))

    @rule(what=st.sampled_from(["disburse", "recover"]))
    def reverse(self, what: str) -> None:
        act = db.session.scalar(sa.select(Act.public_id).where(Act.name == what).order_by(Act.id.desc()).limit(1))
        db.session.rollback()
        self.attempt(f"reverse {what}", lambda: pledges.reverse(self.donors, act or uuid.uuid4()))

    @rule(sure=st.integers(0, 7))
    def withdraw(self, sure: int) -> None:
        if not sure:
            by = {"actor": self.authority, "version": self.case.version, "reason": "Not this time."}
            self.attempt("withdraw", lambda: authorisation.withdraw(self.case.public_id, **by))

    @rule(sure=st.integers(0, 7))
    def cancel_the_session(self, sure: int) -> None:
        if not sure:
            with transaction():
                update_where(Session, Session.code == self.code, status="cancelled")
            by = {"actor": self.office, "reason": "It does not take place."}
            self.attempt("end all", lambda: ending.end_session_seats(self.code, **by))

    def payment(self, seat: int, amount: int) -> paying.Payment:
        of_it = (Allocation.public_id == make.money_of(self.seats[seat]), SeatLine.kind == "fare")
        line = db.session.scalars(
            sa.select(SeatLine.id).join(Allocation, Allocation.id == SeatLine.allocation_id).where(*of_it)
        ).one()
        db.session.rollback()
        return paying.Payment(
            amount, today(), f"FIN-{next(_numbers)}", "travel_agent", "card", seat_line_id=line, part="advance"
        )

    def rows(self) -> list[Any]:
        columns = (Seat.id, Seat.status, Seat.delegate_id, Delegate.status.label("person"))
        found = sa.select(*columns).join(Delegate, Delegate.id == Seat.delegate_id).order_by(Seat.id)
        return list(db.session.execute(found.where(Seat.public_id.in_(self.seats))))

    def sums(self) -> list[queries.SeatSums]:
        ids = [row.id for row in self.rows()]
        found = queries.sums_of_seats(ids)
        db.session.rollback()
        return [found[seat_id] for seat_id in ids]

    @invariant()
    def everything_agrees(self) -> None:
        """What holds after every act."""
        if not hasattr(self, "seats"):
            return
        db.session.rollback()
        rows, sums = self.stood = self.rows(), self.sums()
        self.is_open: list[bool] = []
        for row, money in zip(rows, sums, strict=True):
            assert row.person == row.status
            if row.status in ENDED:
                assert money.held_minor == 0
            if money.paid_minor:
                assert row.status in (*PAYABLE, SeatStatus.CANCELLED)
            still_open = sa.select(Offer.delegate_id).where(Offer.seat_id == row.id, Offer.outcome.is_(None))
            offered = list(db.session.scalars(still_open))
            assert offered in ([], [row.delegate_id] if row.status == SeatStatus.SELECTED else [])
            self.is_open.append(bool(offered))
        sitting = [row.delegate_id for row in rows if row.status not in ENDED]
        assert len(sitting) == len(set(sitting))
        funding = queries.funding_of([self.case.now.id])[self.case.now.id]
        assert funding.allocated_minor == sum(money.held_minor + money.paid_minor for money in sums)
        assert verification.verify().first_wrong is None
        db.session.rollback()


def test_nothing_is_held_for_nobody_whatever_is_done(app):
    assistance.reference_data()
    Seats.donors = pledges.people()
    Seats.pledge = pledges.funded(Seats.donors, pledges.terms(50_000_00))
    succeeded.clear()
    how = settings(max_examples=20, stateful_step_count=14, phases=[Phase.generate])
    run_state_machine_as_test(Seats, settings=how)
    # What was played is the same in every run; enough of it has to come about.
    assert {"offer", "confirm", "end", "pay"} <= succeeded.keys()
    assert len(succeeded) > 9
