"""A round proposed by a worker: asked for, read, compared, taken over, and changed by hand as any."""

import re
import subprocess
import sys
import uuid
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from tests.factories import accounts, rounds
from tests.rounds.proposing.at_work import asked_for, computed
from tests.services.people import sign_in
from tracker.errors import Conflict, Forbidden, Stale
from tracker.events.models import Event
from tracker.extensions import db
from tracker.jobs import services as jobs
from tracker.jobs.models import Job
from tracker.jobs.work import Cancelled, Work
from tracker.rounds import services
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.proposals.services import ask_for_proposal, take_over
from tracker.rounds.proposals.work import compute
from tracker.rounds.proposing.proposal import STEPS
from tracker.rounds.queries import seats_in


@pytest.fixture
def proposed(people, asked):
    """An open round of Kenya and Nepal, with a proposal that was computed."""
    round_ = rounds.opened(people)
    computed(people, round_)
    return SimpleNamespace(round=round_, **vars(asked))


@pytest.fixture
def scarce(people):
    """An open round of two States and of money for one seat, with a proposal that was computed."""
    rounds.session(seats=4)
    kenya, nepal = rounds.asks("KEN", "Awa Konan"), rounds.asks("NPL", "Sita Rai")
    pledge = rounds.pledge_of(people, rounds.seat())
    round_ = rounds.opened(people)
    computed(people, round_)
    return SimpleNamespace(round=round_, kenya=kenya, nepal=nepal, pledge=pledge)


def page(client, people, address):
    sign_in(client, people.manager)
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.get_data(as_text=True))


def take(people, round_, number=1, **said):
    by = {"actor": people.manager.actor, "version": None, "reason": "As proposed.", **said}
    return take_over(round_, number, **by)


def test_a_proposal_is_read_and_taken_over_and_the_round_goes_on_by_hand(client, people, proposed):
    shown = page(client, people, f"/rounds/{proposed.round}/proposals/1")
    assert all(name in shown for name in ("Awa Konan", "Ben Otieno", "Sita Rai"))
    assert "Proposal 1" in page(client, people, f"/rounds/{proposed.round}")
    assert rounds.seated(proposed.round) == set()
    assert take(people, proposed.round) == 3
    assert rounds.seated(proposed.round) == {"Awa Konan", "Ben Otieno", "Sita Rai"}
    last = rounds.delegate("Ben Otieno")
    services.take_seat_off(proposed.round, actor=people.manager.actor, version=None, delegate=last)
    assert rounds.seated(proposed.round) == {"Awa Konan", "Sita Rai"}
    services.prepare(proposed.round, actor=people.manager.actor, version=None)
    assert len(services.approve(proposed.round, actor=people.finance.actor, version=None)) == 2


def approved(people, round_):
    """What each State reads of it is kept: (has a seat, its text) of each."""
    services.prepare(round_, actor=people.manager.actor, version=None)
    services.approve(round_, actor=people.finance.actor, version=None)
    outcome = rounds.row(round_).outcome
    db.session.rollback()
    return {(bool(one["seats"]), str(one["said"])) for one in outcome.values()}


def test_a_state_reads_what_the_proposal_says_for_it(app, client, people, scarce):
    """The page of the proposal and that of the request say one thing."""
    texts = dict(db.session.scalars(sa.select(RoundProposal.outcome)).one())["texts"]
    db.session.rollback()
    take(people, scarce.round)
    (name,) = rounds.seated(scarce.round)
    assert {said for _seat, said in approved(people, scarce.round)} == {str(one["state"]) for one in texts}
    shown = page(client, people, f"/rounds/{scarce.round}/proposals/1")
    without, iso3 = (scarce.nepal, "NPL") if name == "Awa Konan" else (scarce.kenya, "KEN")
    drafter = sign_in(app.test_client(), accounts.person("authorising_officer", of=iso3))
    read = re.sub(r"\s+", " ", drafter.get(f"/requests/{without.public_id}").get_data(as_text=True))
    said = "No money is left that may be used for a further seat of your State."
    assert said in shown
    assert said in read


def test_a_round_that_departs_from_its_proposal_says_its_own(people, scarce):
    take(people, scarce.round)
    (name,) = rounds.seated(scarce.round)
    delegate, other = rounds.delegate(name), scarce.nepal if name == "Awa Konan" else scarce.kenya
    services.take_seat_off(scarce.round, actor=people.manager.actor, version=None, delegate=delegate)
    rounds.give(people, scarce.round, other, scarce.pledge, reason="Another one.")
    assert approved(people, scarce.round) == {(True, "None"), (False, "None")}


def test_what_it_takes_the_place_of_is_taken_off_on_record(people, proposed):
    rounds.give(people, proposed.round, proposed.kenya, proposed.pledge, reason="First.")
    take(people, proposed.round)
    names = db.session.scalars(sa.select(Event.name).where(Event.name.like("rounds.seat_%"))).all()
    db.session.rollback()
    assert sorted(names) == ["rounds.seat_given"] * 4 + ["rounds.seat_taken_off"]


def test_a_seat_that_departs_from_the_order_keeps_the_reason(people):
    """The money of one State only is left to it, so that the other one's comes from the free pledge."""
    rounds.session(seats=2)
    kenya, nepal = rounds.asks("KEN", "Awa Konan"), rounds.asks("NPL", "Sita Rai")
    rounds.pledge_of(people, rounds.seat())
    rounds.pledge_of(people, rounds.seat())
    round_ = rounds.opened(people)
    computed(people, round_)
    take(people, round_)
    rows = seats_in(rounds.row(round_).id)
    assert {row.request_id for row in rows} == {kenya.id, nepal.id}
    assert [row.reason for row in rows] == [None, None]
    db.session.rollback()


def test_facts_that_have_changed_since_stop_the_taking_over(people, proposed):
    rounds.asks("GHA", "Kofi Mensah")
    with pytest.raises(Conflict, match="changed since"):
        take(people, proposed.round)
    assert rounds.seated(proposed.round) == set()


def test_only_a_manager_asks_and_takes_over_and_a_stale_page_does_not(people, proposed):
    with pytest.raises(Forbidden):
        ask_for_proposal(proposed.round, actor=people.finance.actor)
    with pytest.raises(Forbidden):
        take(people, proposed.round, actor=people.finance.actor)
    with pytest.raises(Stale):
        take(people, proposed.round, version=99)


def test_the_work_is_stopped_within_a_pass(people, proposed):
    """Whoever asked stops it once its first steps are told; nothing is kept of it."""
    job = asked_for(people, proposed.round)
    row = db.session.scalars(sa.select(Job).where(Job.public_id == uuid.UUID(job))).one()
    job_id = row.id
    db.session.rollback()

    class Watched(Work):
        told = ()

        def progress(self, done, total):
            self.told = done, total
            if done:
                jobs.cancel(uuid.UUID(job), actor=people.manager.actor)
            self._next_sign = 0.0
            super().progress(done, total)

    token = jobs._take(job_id, "a worker")
    assert token
    work = Watched(db.session.get_one(Job, job_id), people.manager.actor)
    with pytest.raises(Cancelled):
        compute(work)
    done, total = work.told
    assert 0 < done < STEPS < total
    db.session.rollback()
    assert db.session.scalars(sa.select(RoundProposal.outcome).where(RoundProposal.number == 2)).one() is None


def test_one_proposal_is_computed_at_a_time(people, proposed):
    asked_for(people, proposed.round)
    with pytest.raises(Conflict, match="being computed"):
        asked_for(people, proposed.round)


def test_two_proposals_stand_side_by_side(client, people, proposed):
    rounds.asks("GHA", "Kofi Mensah")
    computed(people, proposed.round)
    shown = page(client, people, f"/rounds/{proposed.round}/proposals/2?beside=1")
    assert "Beside proposal 1" in shown
    assert "computed from other facts" in shown
    assert "does not ask" in shown
    computed(people, proposed.round)
    same = page(client, people, f"/rounds/{proposed.round}/proposals/3?beside=2")
    assert "computed from the same facts" in same
    assert "Both give the same seats from the same pledges." in same


def test_a_proposal_that_waits_has_no_page_yet_and_the_round_says_so(client, people, proposed):
    job = asked_for(people, proposed.round)
    assert uuid.UUID(job)
    assert "being computed" in page(client, people, f"/rounds/{proposed.round}")
    assert client.get(f"/rounds/{proposed.round}/proposals/2").status_code == 302
    assert client.get(f"/rounds/{proposed.round}/proposals/9").status_code == 404


def test_a_process_that_serves_pages_never_loads_the_solver():
    """It would cost every such process some 60 MB."""
    code = "import sys, tracker.rounds.proposals.services; print('highspy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
