"""A document that was handed in cannot be destroyed: it is replaced or struck out, and its content goes only by two
persons of the office."""

import hashlib
import io

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.assistance.clarification.test_answering import ids
from tests.assistance.clarification.test_handing_over import plain
from tests.assistance.conftest import events, send
from tests.factories import accounts
from tests.factories import assistance as make
from tests.files.samples import PDF
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.clarification import services as clarification
from tracker.assistance.fields import services as fields
from tracker.assistance.handling import services as handling
from tracker.assistance.models import Erasure
from tracker.database.transactions import transaction
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.extensions import db
from tracker.files import services as files
from tracker.files.models import File
from tracker.files.store import path_of

pytestmark = pytest.mark.usefixtures("app")
LAW, LATER = PDF + b"% the law", PDF + b"% the law as it was amended"


def with_a_document(then=make.in_review):
    """A request that was handed in with one document, and the document's id."""
    people = make.People()
    case = make.complete(people)
    fields.attach(case.public_id, actor=case.drafter, upload=io.BytesIO(LAW), name="law.pdf")
    authorisation.ask_authorisation(case.public_id, actor=case.drafter, version=case.version)
    authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=make.note())
    if then is make.submitted:
        return case, file_of(case)
    handling.take_up(case.public_id, actor=case.officer, version=case.version)
    if then is make.in_clarification:
        asked = (("attachments", "Is this the law in force?"),)
        clarification.ask_clarification(case.public_id, actor=case.officer, version=case.version, questions=asked)
    return case, file_of(case)


def file_of(case, name: str = "law.pdf"):
    row = db.session.execute(sa.select(File.__table__).where(File.subject_id == case.now.id, File.name == name)).one()
    db.session.rollback()
    return row


def content_is_there(file) -> bool:
    return path_of(file.stored_as).is_file()


def test_in_a_clarification_nothing_that_was_handed_in_can_be_removed(client_of):
    case, law = with_a_document(make.in_clarification)
    client = client_of(case.people.drafter)
    refused = send(client, case.url, to=f"{case.url}/documents/{law.public_id}/remove")
    assert refused.status_code == 409
    assert "This document was handed in" in refused.text
    assert content_is_there(law)
    assert client.get(f"{case.url}/files/{law.public_id}").data == LAW


def test_what_is_struck_out_is_read_by_both_sides_with_its_reason(client_of):
    case, law = with_a_document(make.in_clarification)
    client, office = client_of(case.people.drafter), client_of(case.people.officer)
    address = f"{case.url}/documents/{law.public_id}/strike"
    assert case.people.officer.name not in client.get(address).text
    assert "UNODC" in client.get(address).text
    done = send(client, address, reason="It is no longer in force.")
    assert done.status_code == 302
    for reader, page in ((client, case.url), (office, f"/triage/requests/{case.public_id}")):
        text = plain(reader.get(page).text)
        assert text.count("It is no longer in force.") == 2  # beside the document, and among what was said
        assert "Struck out on" in text
        assert reader.get(f"{case.url}/files/{law.public_id}").data == LAW
    assert events(case).count("assistance.document_struck") == 1
    assert send(client, address, reason="Again.").status_code == 409


def test_a_later_version_takes_the_place_and_the_earlier_one_stays(client_of):
    case, law = with_a_document(make.in_clarification)
    client = client_of(case.people.drafter)
    address = f"{case.url}/documents/{law.public_id}/replace"
    assert send(client, address, reason="Amended in May.").status_code == 422
    upload = {"file": (io.BytesIO(LATER), "law-2027.pdf")}
    assert send(client, address, reason="Amended in May.", **upload).status_code == 302
    later = file_of(case, "law-2027.pdf")
    office = client_of(case.people.officer)
    for file, content in ((law, LAW), (later, LATER)):
        assert office.get(f"{case.url}/files/{file.public_id}").data == content
    text = plain(office.get(f"/triage/requests/{case.public_id}").text)
    assert "Replaced by a later version on" in text
    assert "Later version law-2027.pdf" in text


def test_what_is_added_to_an_answer_can_be_removed_until_it_is_sent(client_of):
    case, _law = with_a_document(make.in_clarification)
    (question,) = ids()
    client, office = client_of(case.people.drafter), client_of(case.people.officer)
    for name in ("draft.pdf", "kept.pdf"):
        fields.attach(case.public_id, actor=case.drafter, upload=io.BytesIO(PDF), name=name)
    draft, kept = file_of(case, "draft.pdf"), file_of(case, "kept.pdf")
    assert office.get(f"{case.url}/files/{kept.public_id}").status_code == 404
    assert "kept.pdf" not in office.get(f"/triage/requests/{case.public_id}").text
    removed = send(client, case.url, to=f"{case.url}/documents/{draft.public_id}/remove")
    assert removed.headers["Location"] == case.url
    assert not content_is_there(draft)
    clarification.answer(case.public_id, actor=case.drafter, version=None, replies={question: "See the file."})
    assert office.get(f"{case.url}/files/{kept.public_id}").data == PDF
    text = plain(office.get(f"/triage/requests/{case.public_id}").text)
    assert "Before law.pdf" not in text
    assert "Now kept.pdf" in text


def test_a_draft_that_came_back_keeps_what_was_handed_in(client_of):
    case, law = with_a_document(make.submitted)
    handling.return_note(case.public_id, actor=case.officer, version=case.version, reason="Another reference.")
    authorisation.return_to_draft(case.public_id, actor=case.authority, version=case.version, reason="Change it.")
    with pytest.raises(Conflict, match="handed in"):
        fields.detach(case.public_id, actor=case.drafter, file_public_id=law.public_id)
    page = client_of(case.people.drafter).get(f"{case.url}/documents").text
    assert f"/documents/{law.public_id}/strike" in page
    assert f"/documents/{law.public_id}/remove" not in page
    fields.strike_document(case.public_id, actor=case.drafter, file_public_id=law.public_id, reason="Wrong law.")
    assert content_is_there(law)


def test_a_document_of_a_draft_goes_as_before(client_of):
    case = make.complete()
    fields.attach(case.public_id, actor=case.drafter, upload=io.BytesIO(PDF), name="law.pdf")
    law = file_of(case)
    fields.detach(case.public_id, actor=case.drafter, file_public_id=law.public_id)
    assert not content_is_there(law)


def test_the_database_itself_lets_no_file_go_that_was_handed_in():
    _case, law = with_a_document()
    for statement in ("DELETE FROM files", "UPDATE files SET handed_in_at = NULL", "UPDATE files SET sha256 = 'x'"):
        with pytest.raises(DBAPIError, match="what was handed in is kept"), transaction() as session:
            session.execute(sa.text(statement))
    with pytest.raises(RuntimeError, match="handed in"), transaction() as session:
        files.remove(session.get_one(File, law.id))


def proposed(case, law) -> int:
    return handling.propose_erasure(
        case.public_id,
        actor=case.officer,
        version=None,
        file_public_id=law.public_id,
        ground="personal_data",
        reason="Patients.",
    )


class TestErasing:
    def test_takes_two_persons(self):
        case, law = with_a_document()
        erasure = proposed(case, law)
        assert content_is_there(law)
        with pytest.raises(Forbidden, match="You proposed"):
            handling.erase(case.public_id, actor=case.officer, version=None, erasure=erasure)
        with pytest.raises(Conflict, match="waits for a second person"):
            proposed(case, law)
        handling.erase(case.public_id, actor=case.manager, version=None, erasure=erasure)
        assert not content_is_there(law)
        assert events(case)[-2:] == ["assistance.erasure_proposed", "assistance.document_erased"]
        with pytest.raises(NotFound):
            proposed(case, law)

    def test_is_refused_to_one_person_by_the_database_too(self):
        case, law = with_a_document()
        erasure = proposed(case, law)
        with pytest.raises(DBAPIError, match="two_persons"), transaction() as session:
            row = session.get_one(Erasure, erasure)
            row.confirmed_by_id, row.confirmed_at = row.proposed_by_id, row.proposed_at

    def test_leaves_name_hash_and_reason_to_both_sides(self, client_of):
        case, law = with_a_document()
        handling.erase(case.public_id, actor=case.manager, version=None, erasure=proposed(case, law))
        office = f"/triage/requests/{case.public_id}"
        for someone, page in ((case.people.drafter, case.url), (case.people.officer, office)):
            client = client_of(someone)
            text = plain(client.get(page).text)
            assert "law.pdf (its content was removed)" in text
            assert hashlib.sha256(LAW).hexdigest() in text
            assert "Personal data that should not have been handed in" in text
            assert "Reason Patients." in text
            assert client.get(f"{case.url}/files/{law.public_id}").status_code == 404

    def test_says_before_what_will_happen_and_who_is_told(self, client_of):
        case, law = with_a_document()
        proposer, second = client_of(case.people.officer), client_of(case.people.manager)
        address = f"/triage/requests/{case.public_id}/files/{law.public_id}/erase"
        page = proposer.get(address).text
        assert case.people.manager.name in page
        assert "Nothing is removed yet" in page
        assert send(proposer, address, ground="malware", reason="A macro.").status_code == 302
        confirm = f"/triage/requests/{case.public_id}/erasure"
        page = second.get(confirm).text
        assert case.people.drafter.name in page
        assert "A macro." in page
        assert "The content is removed for good" in page
        assert send(second, confirm).status_code == 302
        assert not content_is_there(law)

    def test_can_be_dropped_and_proposed_again(self, client_of):
        case, law = with_a_document()
        erasure = proposed(case, law)
        assert (
            "waits for a second person" in client_of(case.people.officer).get(f"/triage/requests/{case.public_id}").text
        )
        drop = f"/triage/requests/{case.public_id}/erasure/drop"
        assert send(client_of(case.people.manager), drop).status_code == 302
        with pytest.raises(Forbidden):
            handling.erase(case.public_id, actor=case.manager, version=None, erasure=erasure)
        assert content_is_there(law)
        assert proposed(case, law) != erasure

    def test_of_one_proposal_does_not_confirm_the_next(self):
        case, law = with_a_document()
        first = proposed(case, law)
        handling.drop_erasure(case.public_id, actor=case.officer, version=None, erasure=first)
        proposed(case, law)
        with pytest.raises(Conflict):
            handling.erase(case.public_id, actor=case.manager, version=None, erasure=first)
        assert content_is_there(law)

    def test_is_not_for_people_of_a_state_nor_for_whoever_recused(self):
        case, law = with_a_document()
        another = accounts.person("triage_officer").actor
        handling.recuse(case.public_id, actor=another, version=case.version, reason="My brother.")
        for actor, refusal in ((case.authority, Forbidden), (another, NotFound)):
            with pytest.raises(refusal):
                handling.propose_erasure(
                    case.public_id,
                    actor=actor,
                    version=None,
                    file_public_id=law.public_id,
                    ground="malware",
                    reason="x",
                )
