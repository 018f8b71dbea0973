"""Documents that a State agreed to show donors: listed with the need, handed out, and told to the State."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts, assistance
from tests.rights.papers import file_of, note, paper
from tests.services.people import sign_in
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.decision import services as decision
from tracker.assistance.fields import services as fields
from tracker.assistance.handling import services as handling
from tracker.assistance.lifecycle import Outcome
from tracker.assistance.models import Attachment
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.events.models import Event
from tracker.events.opening import SHOWN_TO_DONOR
from tracker.extensions import db

AGREED = ("title:donors", "documents:donors")


@pytest.fixture
def case(app):
    """An accepted request with a document and a note verbale, whose State agreed to show donors its documents."""
    case = assistance.complete(assistance.People())
    fields.attach(case.public_id, actor=case.drafter, upload=paper("law.pdf"))
    authorisation.ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
    authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=note(), consents=AGREED)
    handling.take_up(case.public_id, actor=case.officer, version=case.version)
    proposal = decision.Proposal(Outcome.ACCEPTED, "It fits.", 9_650_000, **assistance.CONSIDERED)
    made = decision.prepare_decision(case.public_id, actor=case.officer, version=case.version, proposal=proposal)
    decision.sign_decision(case.public_id, actor=case.manager, version=case.version, decision=uuid.UUID(made))
    return case


@pytest.fixture
def donor(app):
    return sign_in(app.test_client(), accounts.person("donor_officer", of="NORAD", name="Kari Donor"))


def need_of(case) -> str:
    return f"/donor/needs/{case.now.public_number}"


def address(case, name="law.pdf") -> str:
    return f"{need_of(case)}/files/{file_of(case, name)}"


def test_are_listed_and_handed_out_and_the_state_reads_of_it(app, case, donor):
    assert address(case) in donor.get(need_of(case)).text
    for _time in range(2):
        assert donor.get(address(case)).data.startswith(b"%PDF")
    told = db.session.scalars(sa.select(Event).where(Event.name == SHOWN_TO_DONOR)).all()
    assert len(told) == 1
    state = sign_in(app.test_client(), case.people.drafter).get(case.url).text
    assert "A donor opened a document that your State agreed to show" in state
    assert "Kari Donor" not in state
    office = sign_in(app.test_client(), case.people.officer).get(f"/triage/requests/{case.public_id}").text
    assert "A donor opened a document that the State agreed to show" in office


def test_are_closed_once_the_state_takes_its_yes_back(case, donor):
    agreed = ("title:donors",)
    authorisation.set_consent(case.public_id, actor=case.authority, version=case.version, consents=agreed)
    assert donor.get(need_of(case)).status_code == 200
    assert address(case) not in donor.get(need_of(case)).text
    assert donor.get(address(case)).status_code == 404


@pytest.mark.parametrize("facts", [{"internal": True}, {"struck_at": now(), "strike_reason": "Another one counts."}])
def test_are_not_those_of_the_office_nor_those_that_no_longer_count(case, donor, facts):
    with transaction():
        if "struck_at" in facts:
            facts = {**facts, "struck_by_id": case.people.drafter.person_id, "strike_language": "en"}
        update_where(Attachment, Attachment.request_id == case.now.id, **facts)
    assert address(case) not in donor.get(need_of(case)).text
    assert donor.get(address(case)).status_code == 404


def test_are_never_the_note_verbale(case, donor):
    assert file_of(case, "quokkastate.pdf")
    assert donor.get(address(case, "quokkastate.pdf")).status_code == 404
