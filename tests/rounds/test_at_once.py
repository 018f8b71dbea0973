"""Fifty presses at the same moment: one outcome, and whoever lost reads a sentence."""

from datetime import timedelta

import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import offers as offering
from tests.factories import rounds as make
from tests.pledges.test_races import at_once
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, DomainError, Forbidden, Stale
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.participation.offers import services as offers
from tracker.participation.seats.models import Seat
from tracker.pledges import verification
from tracker.pledges.models import Allocation
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.models import ProposedAct
from tracker.reference.models import Session
from tracker.rounds import services
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposals.services import ask_for_proposal
from tracker.rounds.proposals.work import PROPOSE

MANY = 50


def one_won(answers: list[object]) -> None:
    """All but one were refused, each with a sentence."""
    refused = [answer for answer in answers if isinstance(answer, DomainError)]
    assert len(refused) == MANY - 1, answers
    assert all(isinstance(answer, Conflict | Stale | Forbidden) and str(answer.message) for answer in refused)
    assert verification.verify().first_wrong is None
    db.session.rollback()


def count(model, *where) -> int:
    found = db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where)) or 0
    db.session.rollback()
    return found


def test_a_round_is_approved_once(app, people, asked):
    round_ = make.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge))
    version = make.row(round_).version
    db.session.rollback()
    two = (people.finance.actor, people.other_finance.actor)
    presses = [lambda by=two[n % 2]: services.approve(round_, actor=by, version=version) for n in range(MANY)]
    one_won(at_once(app, *presses))
    assert (count(Seat), count(Allocation)) == (2, 2)


def test_one_proposal_of_a_round_is_asked_for(app, people, asked):
    round_ = make.opened(people)
    presses = [lambda: ask_for_proposal(round_, actor=people.manager.actor) for _press in range(8)]
    answers = at_once(app, *presses)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 7, answers
    assert (count(RoundProposal), count(Job, Job.kind == PROPOSE)) == (1, 1)


def test_a_promotion_is_confirmed_or_refused_once(app, people, given, travel):
    act = make.proposed(travel, "Ben Otieno", given.pledge)
    two = (people.finance.actor, people.other_finance.actor)
    presses = [lambda by=two[n % 2]: acts.confirm(act, actor=by, version=1) for n in range(MANY - 5)]
    presses += [lambda: acts.refuse_act(act, actor=two[0], version=1, reason="No.")] * 3
    presses += [lambda: acts.take_back(act, actor=travel.actor, version=1)] * 2
    one_won(at_once(app, *presses))
    status = db.session.scalars(sa.select(ProposedAct.status)).one()
    db.session.rollback()
    assert count(Seat, Seat.origin == "promotion") == (status == "confirmed")


def test_of_two_promotions_to_the_last_seat_one_is_confirmed(app, people, given, travel):
    make.asks("TCD", "Moussa Abakar")
    make.asks("FJI", "Ana Vula")
    waiting = [make.proposed(travel, name, given.pledge) for name in ("Moussa Abakar", "Ana Vula")]
    with transaction():
        update_where(Session, Session.code == make.CODE, seats_funded=3)
    finance = people.finance.actor
    presses = [lambda act=waiting[n % 2]: acts.confirm(act, actor=finance, version=None) for n in range(MANY)]
    one_won(at_once(app, *presses))
    assert count(Seat, Seat.origin == "promotion") == 1
    assert count(ProposedAct, ProposedAct.status == "confirmed") == 1


def test_silent_seats_are_taken_back_once(app):
    scene = offering.ready("KEN", "BTN")
    offering.offered(scene, until=today() - timedelta(days=1))
    another = accounts.person("programme_manager").actor
    two, seats = (scene.manager, another), list(scene.seats.values())
    presses = [
        lambda by=two[n % 2]: offers.take_back(scene.code, seats, actor=by, reason="Silent.") for n in range(MANY)
    ]
    one_won(at_once(app, *presses))
    assert {offering.stands(seat) for seat in scene.seats.values()} == {("taken_back", "taken_back", "taken_back")}
