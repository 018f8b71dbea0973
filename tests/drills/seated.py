"""Seats given and taken back by a process that is killed again and again: `python -m tests.drills.seated COUNT`.

A program of its own with a single thread, so that it can fork; it prints one line of JSON. Round, promotion and taking
back each move seats, people, offers, acts and money in one transaction: after every kill all of these agree.
"""

import json
import multiprocessing
import os
import random
import signal
import sys
import time
import uuid
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

import sqlalchemy as sa

from tests.drills.approvers import ROOM, forget_connections
from tests.factories import pledges as money
from tests.factories import rounds as make
from tests.factories import seats as seating
from tracker import create_app
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import celery, db
from tracker.participation.models import Delegate
from tracker.participation.offers import services as offers
from tracker.participation.offers.models import Offer
from tracker.participation.seats.models import Seat
from tracker.pledges import services as pledges
from tracker.pledges import verification
from tracker.pledges.models import Allocation
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.reference import loader
from tracker.rounds import services
from tracker.rounds.lifecycle import UNDER_WAY
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.promotion.proposing import propose_promotion
from tracker.settings.configuration import Settings

FORK = multiprocessing.get_context("fork")


class Scene:
    """A session, one State that nominates again and again, a pledge with money for all of it, and the people."""

    def __init__(self) -> None:
        loader.load()
        self.people = money.people()
        self.manager, self.finance = self.people.manager.actor, self.people.finance.actor
        make.session(seats=10, seats_per_state=5)
        self.request = make.asks("KEN")
        self.pledge = money.accepted(self.people, money.terms(ROOM))
        pledges.record_receipt(self.pledge, actor=self.finance, money_in=money.money_in(1_000_000_00))

    def name_somebody(self) -> uuid.UUID:
        """One more person whom the State nominates."""
        row = seating.person_of(self.request)
        found = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.id == row)).one()
        db.session.rollback()
        return found


def work_for_ever(scene: Scene, begun: Connection) -> None:
    """Tidy up after the one before, say so, then give and take back as fast as it goes, until it is killed."""
    parent = os.getppid()
    tidy_up(scene)
    begun.send(True)
    while os.getppid() == parent:
        give_and_take_back(scene)


def give_and_take_back(scene: Scene) -> None:
    """Give a seat by a round and one by a promotion, and take both back."""
    if not rows(sa.select(Delegate.id).where(Delegate.status.in_(("nominated", "reserve")))):
        scene.name_somebody()
    services.approve(make.prepared(scene.people, (scene.request, scene.pledge)), actor=scene.finance, version=None)
    somebody, paid = scene.name_somebody(), [seating.row_of(scene.pledge)]
    act = propose_promotion(somebody, actor=scene.manager, pledges=paid, reason="A seat came back.")
    acts.confirm(uuid.UUID(act), actor=scene.finance, version=None)
    take_back(scene)


def seconds_of_one(scene: Scene) -> float:
    """How long one turn takes here once its statements are compiled, which is done before anything is forked."""
    give_and_take_back(scene)
    started = time.monotonic()
    give_and_take_back(scene)
    return time.monotonic() - started


def take_back(scene: Scene) -> None:
    """Offer whatever was given, let its day pass, and take it back."""
    waiting = rows(
        sa.select(Seat.public_id).where(
            Seat.status == "selected", ~sa.exists().where(Offer.seat_id == Seat.id, Offer.outcome.is_(None))
        )
    )
    if waiting:
        offers.send_offers(make.CODE, waiting, actor=scene.manager)
    with transaction():
        update_where(Offer, Offer.outcome.is_(None), until=today() - timedelta(days=1))
    silent = sa.select(Seat.public_id).join(Offer, Offer.seat_id == Seat.id).where(Offer.outcome.is_(None))
    if seats := rows(silent):
        offers.take_back(make.CODE, seats, actor=scene.manager, reason="Silent.")


def tidy_up(scene: Scene) -> None:
    """End what the one that was killed had begun."""
    for round_ in rows(sa.select(Round.public_id).where(Round.status.in_(UNDER_WAY))):
        services.drop(round_, actor=scene.manager, version=None, reason="Begun anew.")
    for act in rows(sa.select(ProposedAct.public_id).where(ProposedAct.status == "waiting")):
        acts.take_back(act, actor=scene.manager, version=None)
    take_back(scene)


def rows(statement: Any) -> list[Any]:
    found = list(db.session.scalars(statement))
    db.session.rollback()
    return found


def halves() -> list[str]:
    """What was done in part only."""
    seat_of = sa.exists().where(Seat.delegate_id == RoundSeat.delegate_id, Seat.origin == "round")
    promoted = sa.exists().where(Seat.delegate_id == ProposedAct.delegate_id, Seat.origin == "promotion")
    held = sa.exists().where(Allocation.seat_id == Seat.id, Allocation.status == "approved")
    open_offer = sa.exists().where(Offer.seat_id == Seat.id, Offer.outcome.is_(None))
    in_rounds = sa.select(RoundSeat.id).join(Round, Round.id == RoundSeat.round_id)
    with_people = sa.select(Seat.id).join(Delegate, Delegate.id == Seat.delegate_id)
    asked = {
        "an approved round without its seat": in_rounds.where(Round.status == "approved", ~seat_of),
        "a confirmed promotion without its seat": sa.select(ProposedAct.id).where(
            ProposedAct.status == "confirmed", ~promoted
        ),
        "a promotion that was not confirmed, with a seat": sa.select(ProposedAct.id).where(
            ProposedAct.status != "confirmed", promoted
        ),
        "somebody who stands elsewhere than their seat": with_people.where(Seat.status != Delegate.status),
        "a seat that stands without money": sa.select(Seat.id).where(Seat.status == "selected", ~held),
        "money for a seat that ended": sa.select(Seat.id).where(Seat.ended_at.is_not(None), held),
        "an open offer of a seat that ended": sa.select(Seat.id).where(Seat.ended_at.is_not(None), open_offer),
    }
    found = [what for what, statement in asked.items() if rows(statement.limit(1))]
    wrong = verification.verify().first_wrong
    db.session.rollback()
    return [*found, str(wrong)] if wrong else found


def kill(scene: Scene, times: int) -> dict[str, Any]:
    """Kill a process that gives and takes back, at random moments of its first three turns."""
    wrong, turn = halves(), seconds_of_one(scene)
    for _ in range(times):
        forget_connections()
        near, far = FORK.Pipe(duplex=False)
        victim = FORK.Process(target=work_for_ever, args=(scene, far), daemon=True)
        victim.start()
        far.close()
        near.recv()
        time.sleep(random.uniform(0, 3 * turn))
        if victim.exitcode is not None:
            raise RuntimeError(f"the process that gives seats ended by itself, with {victim.exitcode}")
        os.kill(victim.pid or 0, signal.SIGKILL)
        victim.join()
        wrong += halves()
    return {"kills": times, "wrong": wrong, "seats": len(rows(sa.select(Seat.id)))}


def main() -> None:
    """Do what the command line says and print the outcome."""
    app = create_app(Settings.from_env())
    celery.conf.broker_url = None  # where nobody listens, to wake somebody only takes time
    with app.app_context():
        print(json.dumps(kill(Scene(), int(sys.argv[1]))))


if __name__ == "__main__":
    main()
