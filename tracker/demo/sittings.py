"""Rounds of the demonstration, from data/rounds.toml: seats given in the published order, offered, answered."""

import uuid
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import sqlalchemy as sa

from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import update_where
from tracker.demo.journeys import Journeys
from tracker.demo.participants import Participants, read
from tracker.demo.schedule import Schedule
from tracker.demo.stories import Story
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.participation.offers import services as offers
from tracker.participation.offers.models import Offer
from tracker.participation.seats.models import Seat
from tracker.reference.models import Session
from tracker.rights.actor import Actor
from tracker.rounds import queries, services
from tracker.rounds.giving import turn
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposals.services import ask_for_proposal
from tracker.rounds.proposals.work import SEATS_PROPOSED, keep, said_of
from tracker.rounds.proposing.proposal import propose
from tracker.rounds.proposing.question import read as read_question
from tracker.rounds.reading import table_of


@dataclass
class Sitting:
    """One round, and what became of its seats. `text` says how many days before loading each step was, how many seats
    are given (without a number: as long as it is a State's turn), and who answers an offer how."""

    text: dict[str, Any]
    participants: Participants
    stories: dict[str, Story]
    public_id: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def manager(self) -> Actor:
        return self.participants["UNODC.programme_manager"]

    def write_into(self, schedule: Schedule) -> None:
        """Put every step that the file names on its day."""
        for step in ("open", "give", "propose", "prepare", "approve", "offer"):
            if step in self.text:
                schedule.on(self.text[step], getattr(self, step))
        for row in self.text.get("answer", ()):
            schedule.on(row["on"], partial(self.answer, self.stories[row["request"]], row.get("declines", "")))

    def open(self) -> None:
        self.public_id = uuid.UUID(services.open_round(self.text["session"], actor=self.manager))

    def give(self) -> None:
        """Give seat after seat to whose turn it is, from the first pledge or pair of pledges that can pay it."""
        for _number in range(self.text.get("seats", 1000)):
            table = table_of(queries.get_round(self.public_id, self.manager))
            request_id = turn(table.sitting, table.means.payable(table.sitting))
            if request_id is None:
                return
            pledges = next(table.means.ways(table.sitting, request_id))
            services.give_seat(self.public_id, actor=self.manager, version=None, request_id=request_id, pledges=pledges)

    def propose(self) -> None:
        """Have a proposal computed here and now: what a worker does later would be another transaction."""
        job = ask_for_proposal(self.public_id, actor=self.manager)
        this = RoundProposal.job_public_id == uuid.UUID(job)
        row = db.session.scalars(sa.select(RoundProposal).where(this)).one()
        question = read_question(row.inputs["question"])
        proposal = propose(question)
        keep(row.id, said_of(question, proposal))
        ended = {"status": "done", "started_at": now(), "ended_at": now()}
        said = {"message": SEATS_PROPOSED, "message_params": {"count": len(proposal.seats)}}
        update_where(Job, Job.public_id == uuid.UUID(job), **ended, **said)

    def prepare(self) -> None:
        services.prepare(self.public_id, actor=self.manager, version=None)

    def approve(self) -> None:
        services.approve(self.public_id, actor=self.participants["UNODC.second_finance"], version=None)

    def offer(self) -> None:
        """Put every seat of the session to its State."""
        statement = (
            sa.select(Seat.public_id)
            .join(AssistanceRequest, AssistanceRequest.id == Seat.request_id)
            .join(Session, Session.id == AssistanceRequest.session_id)
            .where(Session.code == self.text["session"])
        )
        seats = list(db.session.scalars(statement))
        offers.send_offers(self.text["session"], seats, actor=self.participants["UNODC.travel_officer"])

    def answer(self, story: Story, reason: str) -> None:
        """A State confirms all its seats; where it gives a reason, it declines the last of them."""
        request = db.session.scalars(
            sa.select(AssistanceRequest.id).where(AssistanceRequest.public_id == story.public_id)
        )
        mine = Seat.request_id == request.one()
        statement = sa.select(Offer.public_id).join(Seat, Seat.id == Offer.seat_id).where(mine, Offer.outcome.is_(None))
        found = list(db.session.scalars(statement.order_by(Seat.number)))
        declined = found.pop() if reason else None
        for offer in found:
            offers.confirm(offer, actor=story.authority, version=None, nobody_else_pays=True)
        if declined is not None:
            offers.decline(declined, actor=story.authority, version=None, reason=reason)


def write_into(schedule: Schedule, participants: Participants, stories: dict[str, Story]) -> None:
    """Put every round into the schedule, with the journeys on its seats."""
    for text in read("rounds")["round"]:
        Sitting(text, participants, stories).write_into(schedule)
        Journeys(text, participants, stories).write_into(schedule)
