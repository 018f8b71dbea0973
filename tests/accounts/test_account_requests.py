"""A State's first account: asked for on a public page, checked by the office, taken up by the people named."""

import io
import uuid
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tests.files.samples import LARGE
from tests.services.statements import statements
from tracker.accounts import queries, services
from tracker.accounts.models import AccountRequest, Invitation, Office, Organisation
from tracker.errors import Forbidden, Stale
from tracker.events import Event
from tracker.extensions import db

PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def answers(**changes):
    return {
        "state": "CIV",
        "office_name": "Mission permanente à Vienne",
        "office_kind": "mission",
        "official_email": "mission@diplomatie.example",
        "first-name": "Aya Koffi",
        "first-title": "Première conseillère",
        "first-email": "Aya.Koffi@diplomatie.example",
        "first-language": "fr",
        "note_reference": "NV/2026/114",
        "note_date-day": "3",
        "note_date-month": "2",
        "note_date-year": "2026",
    } | changes


@pytest.fixture
def asked(app):
    """A request that waits, with two people."""
    make.state("CIV")
    second = {"second-name": "Yao N’Guessan", "second-title": "Juriste", "second-email": "yao@justice.example"}
    answer = app.test_client().post("/ask-for-an-account", data=answers(**second, **{"second-language": "fr"}))
    assert answer.status_code == 302, answer.text
    row = db.session.scalars(sa.select(AccountRequest)).one()
    db.session.expunge(row)
    return row


@pytest.fixture
def administrator(app):
    return make.person("administrator")


class TestAsking:
    def test_opens_the_part_for_more_people_where_one_was_begun(self, client):
        make.state("CIV")
        closed, opened = '<details class="field">', '<details class="field" open>'
        assert closed in client.get("/ask-for-an-account").text
        for begun in ({"second-name": "Yao"}, {"third-name": "Ama"}):
            assert opened in client.post("/ask-for-an-account", data=answers(office_name="", **begun)).text
        assert closed in client.post("/ask-for-an-account", data=answers(office_name="")).text

    def test_lists_states_in_the_readers_language(self, client):
        make.state("CIV")
        page = client.get("/ask-for-an-account?lang=fr")
        assert "Côte d’Ivoire" in page.text

    def test_answers_alike_whether_the_state_has_an_account(self, client, app):
        make.person("state_administrator", of="KEN")
        make.state("CIV")
        replies = [client.post("/ask-for-an-account", data=answers(state=state)) for state in ("KEN", "CIV")]
        assert {(r.status_code, r.location) for r in replies} == {(302, "/ask-for-an-account/received")}
        assert client.get("/ask-for-an-account/received").status_code == 200

    def test_keeps_the_note_verbale_for_the_office(self, client, as_person, administrator):
        make.state("CIV")
        data = answers(note_file=(io.BytesIO(PDF), "note verbale.pdf"))
        assert client.post("/ask-for-an-account", data=data).status_code == 302
        row = db.session.scalars(sa.select(AccountRequest)).one()
        url = f"/settings/account-requests/{row.public_id}/note-verbale"
        answer = as_person(administrator).get(url)
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert client.get(url).status_code == 302

    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "ZZZ"},
            {"state": ""},
            {"first-name": "  "},
            {"first-email": "nonsense"},
            {"note_date-day": "31"},
            {"note_date-year": "2200"},
            {"second-name": "Without Address"},
            {"second-name": "Twin", "second-email": "aya.koffi@diplomatie.example", "second-language": "fr"},
            {"note_file": (io.BytesIO(b"MZ"), "tool.exe")},
            {"first-title": "   "},
        ],
    )
    def test_says_at_the_field_what_is_wrong_and_keeps_the_rest(self, client, wrong):
        make.state("CIV")
        data = answers(**wrong)
        page = client.post("/ask-for-an-account", data=data)
        assert page.status_code == 422
        assert "error-summary" in page.text
        assert "NV/2026/114" in page.text
        assert db.session.scalars(sa.select(AccountRequest)).all() == []

    def test_a_scan_that_is_too_large_is_said_at_its_field(self, client, small_files):
        make.state("CIV")
        data = answers(note_file=(io.BytesIO(LARGE), "scan.pdf"))
        page = client.post("/ask-for-an-account", data=data)
        assert page.status_code == 422
        assert 'href="#note_file">The note verbale: The file is larger than' in page.text
        assert 'value="NV/2026/114"' in page.text

    def test_scans_that_wait_cannot_fill_the_disk(self, client, monkeypatch):
        make.state("CIV")
        monkeypatch.setattr("tracker.accounts.services.account_requests.MOST_WAITING", len(PDF))
        first, second = [
            client.post("/ask-for-an-account", data=answers(note_file=(io.BytesIO(PDF), "scan.pdf"))) for _ in range(2)
        ]
        assert first.status_code == 302
        assert second.status_code == 422
        assert "No more scans can be taken now." in second.text
        assert 'value="NV/2026/114"' in second.text
        assert client.post("/ask-for-an-account", data=answers()).status_code == 302

    def test_names_are_asked_for_in_words_of_their_own(self, client):
        make.state("CIV")
        page = client.post("/ask-for-an-account", data=answers(office_name="", **{"first-name": ""}))
        assert "Enter the name of the mission or ministry." in page.text

    def test_pressing_twice_asks_once(self, client):
        make.state("CIV")
        data = answers(key=str(uuid.uuid4()))
        assert [client.post("/ask-for-an-account", data=data).status_code for _ in range(2)] == [302, 302]
        assert len(db.session.scalars(sa.select(AccountRequest)).all()) == 1

    def test_one_network_address_asks_a_few_times_an_hour(self, client):
        make.state("CIV")
        statuses = [client.post("/ask-for-an-account", data=answers()).status_code for _ in range(12)]
        assert statuses[0] == 302
        assert statuses[-1] == 429


class TestApproving:
    def test_makes_state_and_authority_and_invites_with_roles(self, as_person, administrator, asked, hidden):
        browser = as_person(administrator)
        url = f"/settings/account-requests/{asked.public_id}"
        page = browser.get(url)
        assert "Aya Koffi" in page.text
        sent = hidden(page) | {"first": ["state_administrator", "authorising_officer"], "second": ["focal_point"]}
        assert browser.post(f"{url}/approve", data=sent).status_code == 302
        state = db.session.scalars(sa.select(Organisation).where(Organisation.code == "CIV")).one()
        assert (state.kind, state.official_email) == ("state", "mission@diplomatie.example")
        office = db.session.scalars(sa.select(Office).where(Office.organisation_id == state.id)).one()
        assert office.is_authority
        invitations = db.session.scalars(sa.select(Invitation).order_by(Invitation.id)).all()
        assert [(i.email, i.roles, i.language) for i in invitations] == [
            ("aya.koffi@diplomatie.example", ["authorising_officer", "state_administrator"], "fr"),
            ("yao@justice.example", ["focal_point"], "fr"),
        ]
        names = db.session.scalars(sa.select(Event.name).order_by(Event.id)).all()
        assert names[-6:] == [
            "accounts.organisation_added",
            "accounts.office_added",
            "accounts.role_asked",
            "accounts.invited",
            "accounts.invited",
            "accounts.account_approved",
        ]
        assert browser.post(f"{url}/approve", data=sent).status_code == 302  # the same press again
        assert browser.post(f"{url}/approve", data=sent | {"key": str(uuid.uuid4())}).status_code == 403

    def test_somebody_without_a_role_is_not_invited(self, administrator, asked):
        services.approve(asked.public_id, actor=administrator.actor, version=1, roles=[["state_administrator"], []])
        assert len(db.session.scalars(sa.select(Invitation)).all()) == 1

    def test_needs_somebody(self, as_person, administrator, asked, hidden):
        browser = as_person(administrator)
        url = f"/settings/account-requests/{asked.public_id}"
        assert browser.post(f"{url}/approve", data={"version": "1"}).status_code == 422

    def test_adds_to_an_organisation_that_is_there(self, administrator, asked):
        existing = make.organisation("CIV")
        services.approve(asked.public_id, actor=administrator.actor, version=1, roles=[["state_administrator"], []])
        row = db.session.scalars(sa.select(Organisation).where(Organisation.code == "CIV")).one()
        assert (row.id, row.official_email) == (existing.id, existing.official_email)

    def test_is_the_administrators_alone(self, as_person, asked):
        auditor = make.person("auditor")
        with pytest.raises(Forbidden):
            services.approve(asked.public_id, actor=auditor.actor, version=1, roles=[["focal_point"], []])
        browser = as_person(auditor)
        url = f"/settings/account-requests/{asked.public_id}"
        assert browser.get(url).status_code == 200
        assert browser.post(f"{url}/approve").status_code == 403
        assert as_person(make.person("state_administrator")).get(url).status_code == 403

    def test_a_stale_answer_is_not_given(self, administrator, asked):
        with pytest.raises(Stale):
            services.refuse(asked.public_id, actor=administrator.actor, version=7, reason="x")


class TestRefusing:
    def test_tells_the_first_person_with_the_reason_kept_beside_the_record(
        self, app, as_person, administrator, asked, hidden
    ):
        browser = as_person(administrator)
        url = f"/settings/account-requests/{asked.public_id}/refuse"
        page = browser.get(url)
        assert "Who will be told" in page.text
        assert browser.post(url, data=hidden(page) | {"reason": "  "}).status_code == 422
        assert browser.post(url, data=hidden(page) | {"reason": "The note names nobody."}).status_code == 302
        event = db.session.scalars(sa.select(Event).order_by(Event.id.desc())).first()
        assert (event.name, event.data) == ("accounts.account_refused", {})
        recipient = queries.recipient_of_account_request(event.subject_id)
        assert (recipient.key[:9], recipient.email) == ("address:@", "aya.koffi@diplomatie.example")
        assert recipient.language == "fr"
        link = urlsplit(queries.link_for_account_request(event.subject_id))
        answer = app.test_client().get(f"{link.path}?{link.query}")
        assert '<html lang="fr"' in answer.text
        assert "The note names nobody." in answer.text
        assert app.test_client().get(f"{link.path}x").status_code == 404
        shown = browser.get(f"/settings/account-requests/{asked.public_id}").text
        assert "The note names nobody." in shown
        assert "Approve and invite" not in shown

    def test_lists_stay_within_their_budget(self, as_person, administrator, asked):
        browser = as_person(administrator)
        with statements() as seen:
            assert "Aya Koffi" in browser.get("/settings/account-requests").text
        assert len(seen) <= 6
        assert "Nothing here yet" in browser.get("/settings/account-requests?status=refused").text
