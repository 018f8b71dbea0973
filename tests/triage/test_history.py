"""The history of a request: everything that happened, for the office; what concerns it, for the State."""

import ast
import re
import uuid

import pytest
import sqlalchemy as sa
from lxml import html

from tests.factories import accounts
from tests.factories import assistance as make
from tests.factories import pledges as money
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.queries import page
from tracker.calendar.now import today
from tracker.events import sentences
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.money import FUND_CURRENCY
from tracker.notifications.catalogue import CATALOGUE
from tracker.pledges import services as pledges
from tracker.pledges.ledger import Slot, balance
from tracker.pledges.lifecycle import AccountKind
from tracker.pledges.models import Act, Disbursement, Pledge
from tracker.pledges.services import Payment
from tracker.settings.configuration import ROOT
from tracker.triage.case.lists import MOST_EVENTS
from tracker.triage.queue import services as queue_services

ABOUT_REQUESTS = re.compile(r"(assistance|participation|pledges|clock)\.[a-z_]+")
HISTORY = "//ol[contains(@class, 'timeline')][not(ancestor::section[@aria-labelledby='answers'])]"
ABOUT_NONE = {
    *("participation.agency_line_explained", "participation.statement_imported"),
    *("participation.session_closed", "participation.conditions_written", "participation.conditions_changed"),
    "pledges.imported",
    "pledges.interests_set",
    *("participation.support_changed", "participation.support_set_up"),
}
"""Events of a session, of a run or row of an import and of an organisation: no request has a part in them."""


@pytest.fixture
def case(people):
    """An accepted request."""
    return make.accepted(people)


@pytest.fixture
def donors(app):
    """The people around a pledge."""
    return money.people()


def titles(page) -> list[str]:
    """The titles of a history: who has to act next, then what happened, the newest first."""
    found = html.fromstring(page.get_data(as_text=True))
    return [" ".join(title.text_content().split()) for title in found.xpath(f"{HISTORY}//h3")]


def at_the_office(officer, case) -> list[str]:
    return titles(officer.get(f"/triage/requests/{case.public_id}"))[1:]


def in_the_state(app, case) -> list[str]:
    return titles(sign_in(app.test_client(), case.people.drafter).get(case.url))[1:]


def with_money(donors, case) -> uuid.UUID:
    request = money.FundableRequest(case.now.id, case.public_id, "")
    return money.allocated(donors, money.funded(donors, money.terms(200_00)), request, 50_00)


def act_of(payment_id: str) -> uuid.UUID:
    """The step of the ledger behind a payment."""
    found = sa.select(Act.public_id).join(Disbursement, Disbursement.act_id == Act.id)
    return db.session.scalars(found.where(Disbursement.public_id == uuid.UUID(payment_id))).one()


def withdrawn(donors, pledge: uuid.UUID) -> None:
    pledges.withdraw(pledge, actor=donors.signatory.actor, version=3, reason="Budget cut")


def lapsed(donors, pledge: uuid.UUID) -> None:
    pledges.lapse(pledge, actor=donors.manager.actor, version=3, reason="No word for a year")


def closed(donors, pledge: uuid.UUID) -> None:
    """Closed once all of its money, which a plan does not hold, was given back."""
    pledge_id = db.session.scalars(sa.select(Pledge.id).where(Pledge.public_id == pledge)).one()
    left = balance(pledge_id, Slot(AccountKind.AVAILABLE, FUND_CURRENCY))
    money.refund(donors, pledge, left, "FIN-9")
    pledges.close(pledge, actor=donors.manager.actor, version=3)


def export(someone) -> None:
    queue_services.record_export(actor=someone.actor, query="", with_confidential=False, reason="")


def payment(amount_minor: int, reference: str) -> Payment:
    return Payment(amount_minor, today(), reference, "supplier", "bank_transfer")


def test_no_event_that_anybody_is_told_of_lacks_its_sentence(app):
    assert [name for name in CATALOGUE if not sentences.of(name).office] == [
        "assistance.co_drafter_invited",
        "assistance.drafts_passed_on",
        "assistance.left_by_drafter",
        "assistance.answers_handed_over",
    ]


def test_no_event_that_a_verb_records_about_a_request_lacks_its_sentence(app):
    written = {
        node.value
        for path in (ROOT / "tracker").rglob("*.py")
        if "services" in path.with_suffix("").parts
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ABOUT_REQUESTS.fullmatch(node.value)
    }
    known = {*sentences.names(office=True), *sentences.names(office=False)}
    assert {"assistance.exported", "pledges.allocation_closed", "clock.overdue"} <= written
    assert written - known - ABOUT_NONE == {"assistance.edited", "assistance.discarded"}


class TestMoney:
    def test_the_office_reads_each_step(self, officer, donors, case):
        allocation = with_money(donors, case)
        pledges.disburse(allocation, actor=donors.finance.actor, payment=payment(10_00, "FIN-1"))
        pledges.recover(allocation, actor=donors.finance.actor, payment=payment(2_00, "FIN-2"))
        pledges.release_allocation(allocation, actor=donors.finance.actor, version=2, reason="Cheaper than planned.")
        assert at_the_office(officer, case)[:6] == [
            "Money released",
            "Money recovered",
            "Payment made",
            f"Delivery begun by the first payment, which {donors.finance.name} recorded",
            "Money set aside",
            "Allocation planned",
        ]

    def test_the_state_reads_what_concerns_it_and_no_donor(self, app, donors, case):
        allocation = with_money(donors, case)
        pledges.disburse(allocation, actor=donors.finance.actor, payment=payment(10_00, "FIN-1"))
        pledges.recover(allocation, actor=donors.finance.actor, payment=payment(2_00, "FIN-2"))
        assert in_the_state(app, case)[:5] == [
            "Money paid was recovered",
            "Payment made",
            "Delivery begun by the first payment",
            "Money set aside",
            "Accepted",
        ]
        page = sign_in(app.test_client(), case.people.drafter).get(case.url).get_data(as_text=True)
        assert "NORAD" not in page
        assert donors.finance.actor.name not in page

    @pytest.mark.parametrize(
        ("end", "words"),
        [
            (withdrawn, "Pledge withdrawn, what was planned from it dropped"),
            (lapsed, "Pledge lapsed, what was planned from it dropped"),
            (closed, "Pledge closed, what was planned from it dropped"),
        ],
    )
    def test_a_plan_that_is_lost_with_its_pledge_is_told(self, officer, donors, case, end, words):
        pledge = money.funded(donors)
        money.planned(donors, pledge, money.FundableRequest(case.now.id, case.public_id, ""), 10_00)
        end(donors, pledge)
        assert at_the_office(officer, case)[0] == words

    def test_a_payment_taken_back_is_told_to_both(self, app, officer, donors, case):
        allocation = with_money(donors, case)
        paid = pledges.disburse(allocation, actor=donors.finance.actor, payment=payment(10_00, "FIN-1"))
        money.reverse(donors, act_of(paid), "Wrong payee")
        assert at_the_office(officer, case)[1] == "A financial step was reversed"
        assert in_the_state(app, case)[:2] == ["An entry about money paid was taken back", "Payment made"]

    def test_costs_no_statement_more(self, app, officer, donors, case):
        with_money(donors, case)
        state = sign_in(app.test_client(), case.people.drafter)
        for reader, address in ((officer, f"/triage/requests/{case.public_id}"), (state, case.url)):
            reader.get(address)
            with statements() as seen:
                reader.get(address)
            assert len(seen) <= 8


class TestPiles:
    def test_an_assignment_of_many_stands_in_the_history_of_each(self, officer, people):
        colleague = accounts.person("triage_officer")
        cases = [make.submitted(people), make.in_review(people)]
        handling.bulk_assign(
            [case.public_id for case in cases], actor=people.officer.actor, officer=uuid.UUID(colleague.public_id)
        )
        given = f"Assigned to {colleague.name} with other requests"
        assert [at_the_office(officer, case)[0] for case in cases] == [given] * 2

    def test_a_hand_over_stands_in_the_history_of_each_and_only_theirs(self, officer, manager, people):
        colleague = accounts.person("triage_officer")
        moved, stays = make.in_review(people), make.declined(people)
        manager.post("/triage/queue/hand-over", from_officer=people.officer.public_id, to_officer=colleague.public_id)
        assert at_the_office(officer, moved)[0] == f"Handed over to {colleague.name}"
        assert at_the_office(officer, stays)[0] == "Declined"

    def test_an_export_stands_in_the_history_of_what_left(self, app, officer, people):
        left = make.submitted(people)
        stayed = make.submitted(people, marking="confidential")
        officer.post("/triage/queue/export")
        assert at_the_office(officer, left)[0] == "Exported with other requests of the queue"
        assert at_the_office(officer, stayed)[0] == "Received with its note verbale"
        assert in_the_state(app, left)[0] == "Submitted with a note verbale"

    def test_however_many_exports_push_nothing_else_out(self, officer, manager, people):
        left = make.submitted(people)
        for _ in range(60):
            export(people.officer)
        history = at_the_office(officer, left)
        assert history[0] == f"Exported with other requests of the queue, 60 times since {format_day(today())}"
        assert history[1] == "Received with its note verbale"
        assert people.officer.name in officer.get(f"/triage/requests/{left.public_id}").text.split("60 times since")[1]
        export(people.manager)
        assert at_the_office(officer, left)[0].startswith("Exported with other requests of the queue, 61 times since")
        page = officer.get(f"/triage/requests/{left.public_id}").text
        assert "several people" in page.split("61 times since")[1]
        assert "What happened before is not shown." not in page

    def test_exports_that_do_not_follow_each_other_are_lines_of_their_own(self, officer, people):
        left = make.submitted(people)
        export(people.officer)
        handling.add_note(left.public_id, actor=left.officer, body="Ask Vienna.")
        export(people.officer)
        exported = "Exported with other requests of the queue"
        assert at_the_office(officer, left)[:3] == [exported, "Internal note added", exported]

    def test_the_page_says_that_older_lines_are_not_shown(self, officer, people):
        case = make.submitted(people)
        fits = MOST_EVENTS - len(at_the_office(officer, case))
        address = f"/triage/requests/{case.public_id}"
        for number in range(fits):
            handling.add_note(case.public_id, actor=case.officer, body=f"Note {number}.")
        assert len(at_the_office(officer, case)) == MOST_EVENTS
        assert "What happened before is not shown." not in officer.get(address).text
        handling.add_note(case.public_id, actor=case.officer, body="The last.")
        assert len(at_the_office(officer, case)) == MOST_EVENTS
        assert "What happened before is not shown." in officer.get(address).text

    def test_the_page_of_the_state_says_so_too(self, app, people):
        case = make.submitted(people)
        client = sign_in(app.test_client(), case.people.drafter)
        fits = page.MOST_EVENTS - len(in_the_state(app, case)[:-1])  # the last is what comes next
        for number in range(fits):
            authorisation.set_consent(
                case.public_id, actor=case.authority, version=case.version, consents=("title:public",)[number % 2 :]
            )
        assert "What happened before is not shown." not in client.get(case.url).text
        authorisation.set_consent(
            case.public_id, actor=case.authority, version=case.version, consents=("title:public",)[fits % 2 :]
        )
        assert "What happened before is not shown." in client.get(case.url).text


class TestMergers:
    @pytest.fixture
    def joined(self, people):
        """A request, and the other one that it was joined with."""
        other = make.in_review(people)
        return make.decided(people, Outcome.MERGED, merged_into=other.now.reference), other

    def test_the_office_reads_it_of_both_requests(self, officer, joined):
        assert [at_the_office(officer, case)[0] for case in joined] == [
            "Merged with another request",
            "Another request was joined with this one",
        ]

    def test_the_state_reads_it_of_both_requests(self, app, joined):
        ended, goes_on = joined
        client = sign_in(app.test_client(), ended.people.drafter)
        assert titles(client.get(ended.url))[0] == "Joined with another request"
        assert in_the_state(app, goes_on)[0] == "Another request was joined with this one"


class TestTheHouse:
    @pytest.fixture
    def one(self, people):
        """A request whose manager has a conflict of interest."""
        case = make.in_review(people)
        handling.recuse(case.public_id, actor=case.manager, version=case.version, reason="My former employer.")
        return case

    def test_the_office_reads_recusals_notes_and_consent(self, officer, one):
        handling.add_note(one.public_id, actor=one.officer, body="Ask Vienna.")
        authorisation.set_consent(one.public_id, actor=one.authority, version=one.version, consents=("title:public",))
        told = ["Consent changed", "Internal note added", "A conflict of interest was declared"]
        assert at_the_office(officer, one)[:3] == told

    def test_the_state_does_not(self, app, one):
        assert in_the_state(app, one)[0] == "Note verbale verified, review begun"
