"""Nothing is ever in no list: in every status, whoever is gone."""

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.factories import assistance as requests
from tests.factories import pledges
from tracker.accounts import queries
from tracker.accounts.models import Membership
from tracker.assistance.lifecycle import CLOSED, Status
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.triage.queue import queries as queue
from tracker.triage.queue.filters import Filters

R = AssistanceRequest


@pytest.fixture
def root(app):
    return make.person("administrator")


def unheld() -> set[str]:
    found = {one.work.name for one in queries.unheld()}
    db.session.rollback()
    return found


def in_lists_of_the_office(actor) -> set[int]:
    """What officers find among all open requests, whoever has them."""
    found = set(db.session.scalars(queue.narrowed(Filters(), actor, R.id)))
    db.session.rollback()
    return found


IN_STATUS = {
    Status.DRAFT: requests.draft,
    Status.AWAITING_AUTHORISATION: requests.awaiting_authorisation,
    Status.SUBMITTED: requests.submitted,
    Status.IN_REVIEW: requests.in_review,
    Status.CLARIFICATION: requests.in_clarification,
    Status.ACCEPTED: requests.accepted,
    Status.IN_IMPLEMENTATION: requests.delivered,
}
STATES_TURN = {
    Status.DRAFT: "drafts",
    Status.AWAITING_AUTHORISATION: "authorise",
    Status.CLARIFICATION: "answer",
    Status.IN_IMPLEMENTATION: "confirm",
}


class TestNothingIsInNoList:
    def test_every_status_that_is_not_over_is_looked_at(self):
        assert set(IN_STATUS) == set(Status) - CLOSED

    @pytest.mark.parametrize("status", IN_STATUS)
    def test_not_even_when_everybody_is_gone(self, root, status):
        """The State's people go, then the office's: somebody's list has it, or the list of what waits for nobody."""
        case = IN_STATUS[status]()
        assert case.now.status == status
        assert case.people.authority
        assert case.people.officer
        assert case.people.manager
        assert not unheld()
        gone(case.people.kept.values())
        waits = unheld()
        assert ("triage" in waits) == (status not in (Status.DRAFT, Status.AWAITING_AUTHORISATION))
        assert STATES_TURN.get(status, "triage") in waits

    @pytest.mark.parametrize("status", [status for status in IN_STATUS if status not in STATES_TURN])
    def test_a_new_officer_finds_what_all_before_left(self, root, status):
        case = IN_STATUS[status]()
        gone(case.people.kept.values())
        newcomer = make.person("triage_officer")
        assert in_lists_of_the_office(newcomer.actor) == {case.now.id}
        nobodys = sa.select(queue.bounded_count(Filters(officer="nobody"), newcomer.actor))
        assert db.session.scalar(nobodys) == 1

    @pytest.mark.parametrize(
        ("stage", "work"),
        [(pledges.offered, "sign_pledges"), (pledges.signed, "accept_pledges")],
    )
    def test_nor_is_a_pledge(self, root, stage, work):
        people = pledges.people()
        stage(people)
        assert not unheld()
        gone([people.officer, people.signatory, people.manager, people.finance, people.other_finance])
        assert work in unheld()


def gone(people) -> None:
    """As people went before anybody asked what they had."""
    with transaction():
        ids = [someone.membership_id for someone in people]
        update_where(Membership, Membership.id.in_(ids), ended_at=now())
