"""Journeys of the demonstration on seats that were confirmed: tickets, payments, the days spent, the settlement."""

import hashlib
import io
import itertools
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from tracker.calendar.now import today
from tracker.costs.lines import LineKind
from tracker.demo.pages import page_of
from tracker.demo.participants import Participants
from tracker.demo.schedule import Schedule
from tracker.demo.stories import Story
from tracker.demo.travellers import Traveller
from tracker.extensions import db
from tracker.imports.reading import Source
from tracker.money import to_major
from tracker.participation.advances.queries import allowances_of
from tracker.participation.agency import services as agency
from tracker.participation.agency.columns import COLUMNS
from tracker.participation.agency.imports import read as read_statement
from tracker.participation.conditions import queries as conditions
from tracker.participation.conditions.services import Read, accept_conditions
from tracker.participation.deviations import services as deviations
from tracker.participation.deviations.lifecycle import PaysMore, Wish
from tracker.participation.ending import services as ending
from tracker.participation.offers.models import Offer
from tracker.participation.papers import contents
from tracker.participation.seats.lifecycle import Cause, SeatStatus
from tracker.participation.settling import services as settling
from tracker.participation.travel import services as travel
from tracker.participation.travel.lifecycle import Shown
from tracker.participation.travel.queries import Travelling, of_session
from tracker.pledges import services as pledges
from tracker.pledges.seat_lines import BALANCE, WHOLE
from tracker.reference import queries as reference
from tracker.rights.actor import Actor

_numbers = itertools.count(1)
UNKNOWN_FEE = "35.00"


@dataclass
class Journeys:
    """The journeys to one session, as data/rounds.toml names their steps, in days before loading."""

    text: dict[str, Any]
    participants: Participants
    stories: dict[str, Story]

    @property
    def officer(self) -> Actor:
        return self.participants["UNODC.travel_officer"]

    @property
    def finance(self) -> Actor:
        return self.participants["UNODC.finance_officer"]

    def write_into(self, schedule: Schedule) -> None:
        """Put every step that the file names on its day."""
        for step in ("ticket", "pay", "statement", "give_up", "travelled", "enter", "settle"):
            if step in self.text:
                schedule.on(self.text[step], getattr(self, step))
        for act, day in self.text.get("traveller", {}).get("days", {}).items():
            schedule.on(day, getattr(self._traveller, act))

    @property
    def _traveller(self) -> Traveller:
        """Whoever does something on the own page."""
        said = self.text["traveller"]
        on_the_way = (SeatStatus.CONFIRMED, SeatStatus.TICKETED, SeatStatus.TRAVELLED)

        def find() -> Travelling:
            return next(one for one in self._seats(*on_the_way) if self._is_of(one, said["request"]))

        return Traveller(said, find, self.officer)

    def _claims(self, one: Travelling) -> bool:
        """Whether they claim what they paid for the visa: it is not paid before."""
        said = self.text.get("traveller", {})
        return "claim" in said.get("days", {}) and self._is_of(one, said["request"])

    def _seats(self, *statuses: SeatStatus) -> list[Travelling]:
        found = of_session(reference.get_session(self.text["session"]), self.officer)
        return [one for one in found if one.status in statuses]

    def _is_of(self, one: Travelling, *stories: str) -> bool:
        return one.request.public_id in {self.stories[name].public_id for name in stories if name}

    def ticket(self) -> None:
        """Papers are complete, a quotation below the estimate is taken, finance says how each is paid; the journeys of
        the requests `without_ticket` are left to be done, those of `travels_otherwise` last longer for private
        reasons."""
        left = self.text.get("without_ticket", ())
        seats = [one for one in self._seats(SeatStatus.CONFIRMED) if not self._is_of(one, *left)]
        self._authorise([one.seat.public_id for one in seats])
        for one in seats:
            seat, number = one.seat.public_id, next(_numbers)
            done = travel.Papers(today(), today() - timedelta(days=9), today())
            travel.record_papers(seat, actor=self.officer, version=None, papers=done)
            fare = self._estimate(one, LineKind.FARE) * 94 // 100
            until = today() + timedelta(days=3)
            quoted = travel.Quotation(fare, until, "Travel agency of the demonstration", fare * 103 // 100)
            travel.record_quotation(seat, actor=self.officer, version=None, quotation=quoted)
            if self._longer(one):
                self._travel_otherwise(one, fare)
            paid = travel.Payee(number=f"DEMO-{number:04d}")
            travel.record_payee(seat, actor=self.finance, version=None, payee=paid)
            self._accept_conditions(one)
            travel.record_ticket(seat, actor=self.officer, version=None, ticket=self._ticket(one, number, fare))

    def _accept_conditions(self, one: Travelling) -> None:
        """The delegate reads and accepts the conditions, where some hold."""
        holds = conditions.now_in_force()
        if holds is not None:
            text = holds.text_for(one.person.language)
            read, by = Read(text.id, text.hash), contents.delegate(one.person.id)
            accept_conditions(one.seat.public_id, actor=Actor.anonymous, by=by, read=read, both=True)

    def _longer(self, one: Travelling) -> timedelta:
        """How much longer somebody stays for reasons of their own."""
        return timedelta(days=2 if self._is_of(one, self.text.get("travels_otherwise", "")) else 0)

    def _travel_otherwise(self, one: Travelling, fare_minor: int) -> None:
        """Somebody stays for two days of their own, and pays themselves what the later flight costs more."""
        first, last = one.person.arrives_on or today(), one.person.leaves_on or today()
        wish = Wish(
            first,
            last + self._longer(one),
            frozenset(),
            "",
            fare_minor * 108 // 100,
            PaysMore.DELEGATE,
            "Visits relatives after the session.",
        )
        deviations.record_deviation(one.seat.public_id, actor=self.officer, version=None, wish=wish)

    def _authorise(self, seats: list[uuid.UUID]) -> None:
        """File the authorisation of these journeys: a page that says what it stands for."""
        code = self.text["session"]
        page = FileStorage(io.BytesIO(page_of("a travel authorisation", code)), filename="authorisation.pdf")
        travel.file_authorisation(code, seats, actor=self.officer, signed_on=today(), file=page)

    def _ticket(self, one: Travelling, number: int, fare_minor: int) -> travel.Ticket:
        session, person = reference.get_session(self.text["session"]), one.person
        there = session.airport_iata or ""
        home = person.departure_iata or ""
        return travel.Ticket(
            number=f"DEMO-{today():%y}-{number:05d}",
            agency="Travel agency of the demonstration",
            issued_on=today(),
            route=f"{home}–{there}–{home}",
            out_on=person.arrives_on or today(),
            back_on=(person.leaves_on or today()) + self._longer(one),
            fare_minor=fare_minor,
        )

    def pay(self) -> None:
        """The ticket and what is flat are paid, the allowance in part."""
        for one in self._seats(SeatStatus.TICKETED):
            fare = one.record.ticket_minor if one.record else None
            allowances = allowances_of([one.seat.id], {one.seat.id: one.money})
            for line in one.money.lines:
                if line.allocation is None or line.money.kind == LineKind.CONTINGENCY:
                    continue
                if line.money.kind == LineKind.VISA and self._claims(one):
                    continue
                amount, part = line.money.approved_minor, WHOLE
                if line.money.kind == LineKind.FARE:
                    amount = fare or amount
                elif line.money.kind == LineKind.ALLOWANCE:
                    now = allowances[one.seat.id].of_line(line.money.id)
                    amount, part = (now.amount_minor, now.part) if now else (0, part)
                if amount:
                    self._disburse(line, amount, part)

    def statement(self) -> None:
        """The agency's statement has a sale of each ticket, and for the last a fee that nobody here knows of."""
        tickets = [one.record for one in self._seats(SeatStatus.TICKETED) if one.record and one.record.ticket_minor]
        stated = f"DEMO-{self.text['session']},{today()}"
        rows = [f"{stated},{one.ticket_number},sale,{to_major(one.ticket_minor or 0, 'USD')},USD" for one in tickets]
        rows += [f"{stated},{one.ticket_number},fee,{UNKNOWN_FEE},USD" for one in tickets[-1:]]
        data = "\n".join((",".join(COLUMNS), *rows)).encode()
        lines = read_statement(Source("statement.csv", "csv", data, reader=self.officer))
        sha256 = hashlib.sha256(data).hexdigest()
        agency.import_statement(lines, actor=self.officer, file_name="statement.csv", sha256=sha256)

    def give_up(self) -> None:
        """A State gives up its seat after the ticket was bought: the agency is to pay back what can be had."""
        story = self.stories[self.text["given_up"]]
        why = ending.Why(Cause.ILLNESS, "The delegate was taken to hospital.")
        for one in self._seats(SeatStatus.TICKETED):
            if self._is_of(one, self.text["given_up"]):
                offer = db.session.scalars(sa.select(Offer.public_id).where(Offer.seat_id == one.seat.id)).one()
                ending.give_up_seat(offer, actor=story.authority, version=None, why=why)

    def travelled(self) -> None:
        """Everybody was there on the planned days; the rest of the allowance is paid."""
        for one in self._seats(SeatStatus.TICKETED):
            days = one.person.arrives_on or today(), one.person.leaves_on or today()
            spent = travel.Spent(Shown.ATTENDANCE, *days, {})
            travel.record_travelled(one.seat.public_id, actor=self.officer, version=None, spent=spent)
            for line in one.money.lines:
                if line.money.kind == LineKind.ALLOWANCE and line.money.left_minor > 0:
                    self._disburse(line, line.money.left_minor, BALANCE)

    def enter(self) -> None:
        """The travel officer enters what is due where nothing differs, then answers the claim; finance pays that."""
        there = self._seats(SeatStatus.TRAVELLED)
        seats = [one.seat.public_id for one in there if not self._claims(one)]
        settling.enter_as_planned(self.text["session"], seats, actor=self.officer)
        for one in there:
            visa = [line for line in one.money.lines if line.money.kind == LineKind.VISA and line.allocation]
            if visa and self._claims(one):
                self._disburse(visa[0], self._traveller.enter(), WHOLE)

    def settle(self) -> None:
        """Finance settles them together; what was not spent is free again."""
        seats = [one.seat.public_id for one in self._seats(SeatStatus.TRAVELLED)]
        settling.settle_many(self.text["session"], seats, actor=self.participants["UNODC.second_finance"])

    def _estimate(self, one: Travelling, kind: str) -> int:
        return sum(line.money.estimate_minor or 0 for line in one.money.lines if line.money.kind == kind)

    def _disburse(self, line: Any, amount_minor: int, part: str) -> None:
        payment = pledges.Payment(
            amount_minor=amount_minor,
            value_date=today(),
            external_reference=f"DEMO-FIN-{next(_numbers):05d}",
            payee_kind="travel_agent" if line.money.kind == LineKind.FARE else "delegate",
            method="card" if line.money.kind == LineKind.FARE else "bank_transfer",
            seat_line_id=line.money.id,
            part=part,
        )
        pledges.disburse(line.allocation, actor=self.finance, payment=payment)
