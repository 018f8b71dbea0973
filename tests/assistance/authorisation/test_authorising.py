"""Two persons, one reference, one note verbale; and the ways back."""

import io
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.assistance.conftest import send
from tests.factories import accounts
from tests.factories import assistance as make
from tests.files.samples import PDF
from tracker import search
from tracker.accounts.services import disable_person
from tracker.assistance import queries
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.decision import services as decision
from tracker.assistance.handling import services as handling
from tracker.assistance.implementation import services as implementation
from tracker.assistance.models import AssistanceRequest, Clock, Consent, NoteVerbale
from tracker.calendar.now import now, shifted, today
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.extensions import db

pytestmark = pytest.mark.usefixtures("app")
NOTE = {"issuer": "Permanent Mission", "note_reference": "117/26"}


def day_fields(day, name="dated"):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


class TestSubmitting:
    def test_takes_the_note_verbale_its_file_and_consents(self, client_of):
        case = make.awaiting_authorisation()
        client = client_of(case.people.authority)
        answer = send(
            client,
            f"{case.url}/authorise",
            **NOTE,
            **day_fields(today()),
            file=(io.BytesIO(PDF), "note.pdf"),
            donors="title:donors",
        )
        assert answer.status_code == 302
        assert case.now.status == "submitted"
        note = db.session.scalars(sa.select(NoteVerbale)).one()
        assert (note.issuer, note.paper, note.file_id is not None) == ("Permanent Mission", False, True)
        assert [c.field for c in db.session.scalars(sa.select(Consent))] == ["title"]
        assert {clock.name for clock in db.session.scalars(sa.select(Clock))} == {"authorise", "acknowledge", "decide"}
        db.session.rollback()
        assert "note.pdf" in client.get(case.url).text or "Note verbale of" in client.get(case.url).text

    @pytest.mark.parametrize("missing", ["issuer", "note_reference", "file", "dated-day"])
    def test_shows_what_is_missing_and_keeps_the_rest(self, client_of, missing):
        case = make.awaiting_authorisation()
        fields = {**NOTE, **day_fields(today()), "file": (io.BytesIO(PDF), "note.pdf")}
        fields.pop(missing)
        page = send(client_of(case.people.authority), f"{case.url}/authorise", **fields)
        assert page.status_code == 422
        assert "error-summary" in page.text
        assert case.now.status == "awaiting_authorisation"

    def test_says_at_the_file_what_is_wrong_with_it(self, client_of):
        case = make.awaiting_authorisation()
        fields = {**NOTE, **day_fields(today()), "file": (io.BytesIO(), "note.pdf")}
        page = send(client_of(case.people.authority), f"{case.url}/authorise", **fields)
        assert 'href="#file">The note verbale: The file is empty.' in page.text
        assert "it was not kept" not in page.text

    def test_a_note_cannot_be_dated_tomorrow(self):
        case = make.awaiting_authorisation()
        tomorrow = make.note(dated=today() + timedelta(days=1))
        with pytest.raises(Invalid):
            authorisation.submit(case.public_id, actor=case.authority, version=case.version, note=tomorrow)

    def test_a_note_is_not_older_than_the_resolution(self, client_of):
        case = make.awaiting_authorisation()
        fields = {**NOTE, **day_fields(date(1901, 3, 4)), "file": (io.BytesIO(PDF), "note.pdf")}
        page = send(client_of(case.people.authority), f"{case.url}/authorise", **fields)
        assert page.status_code == 422
        assert "cannot be older than resolution 74/247 of 27 December 2019" in page.text
        authorisation.submit(
            case.public_id, actor=case.authority, version=case.version, note=make.note(dated=date(2019, 12, 27))
        )

    def test_is_not_the_drafters_even_with_the_authoritys_role(self, client_of):
        case = make.awaiting_authorisation()
        people = make.People()
        people.kept["focal_point"] = people.kept["authorising_officer"] = case.people.authority
        own = make.awaiting_authorisation(people)
        with pytest.raises(Forbidden) as refused:
            authorisation.submit(own.public_id, actor=own.authority, version=own.version, note=make.note())
        assert refused.value.refusal.code == "two_persons"
        assert "Somebody else than the person who drafted" in client_of(people.authority).get(own.url).text

    def test_one_person_alone_may_where_the_state_has_one_person(self):
        alone = accounts.person("focal_point", "authorising_officer", of="BTN")
        people = make.People("BTN", {"focal_point": alone, "authorising_officer": alone})
        assert make.submitted(people).now.status == "submitted"

    def test_a_person_who_cannot_sign_in_any_more_is_no_second_person(self):
        administrator = accounts.person("administrator", of="UNODC")
        other = accounts.person("authorising_officer", of="BTN")
        alone = accounts.person("focal_point", "authorising_officer", of="BTN")
        people = make.People("BTN", {"focal_point": alone, "authorising_officer": alone})
        case = make.awaiting_authorisation(people)
        what = {"actor": case.authority, "version": case.version, "note": make.note()}
        with pytest.raises(Forbidden):
            authorisation.submit(case.public_id, **what)
        disable_person(uuid.UUID(other.public_id), actor=administrator.actor, version=1)
        authorisation.submit(case.public_id, **what)

    def test_is_refused_to_a_focal_point_and_to_strangers(self, client_of):
        case = make.awaiting_authorisation()
        assert client_of(case.people.drafter).get(f"{case.url}/authorise").status_code == 403
        stranger = accounts.person("authorising_officer", of="BTN")
        assert client_of(stranger).get(f"{case.url}/authorise").status_code == 404
        with pytest.raises(NotFound):
            authorisation.submit(case.public_id, actor=stranger.actor, version=None, note=make.note())

    def test_refuses_a_version_that_is_out_of_date(self):
        case = make.awaiting_authorisation()
        with pytest.raises(Stale):
            authorisation.submit(case.public_id, actor=case.authority, version=case.version - 1, note=make.note())

    def test_is_found_by_what_it_says_unless_strictly_confidential(self):
        plain = make.submitted(title="Quantum laboratory")
        secret = make.submitted(plain.people, title="Hidden laboratory", marking="strictly_confidential")
        found = sa.select(AssistanceRequest.id).where(
            search.match_clause("request", AssistanceRequest.id, "laboratory")
        )
        assert db.session.scalars(found).all() == [plain.now.id]
        by_reference = sa.select(AssistanceRequest.id).where(
            search.match_clause("request", AssistanceRequest.id, secret.now.reference)
        )
        assert secret.now.id in db.session.scalars(by_reference).all()


class TestReturnedNote:
    def test_the_authority_reads_why_and_submits_again(self, client_of):
        case = make.submitted()
        handling.return_note(case.public_id, actor=case.officer, version=case.version, reason="The seal is missing.")
        client = client_of(case.people.authority)
        page = client.get(case.url).text
        assert "The seal is missing." in page
        assert "Released by" not in page
        assert "Drafted by Ministry of Justice" in page
        assert "The seal is missing." in client.get(f"{case.url}/authorise").text
        authorisation.submit(
            case.public_id, actor=case.authority, version=case.version, note=make.note(reference="118/26")
        )
        assert case.now.status == "submitted"


class TestConsent:
    def test_is_given_dated_and_revoked_without_a_row_being_lost(self, client_of):
        case = make.submitted(consents=("title:donors", "amounts:donors"))
        page = send(
            client_of(case.people.authority), f"{case.url}/consent", donors="title:donors", public="title:public"
        )
        assert page.status_code == 302
        rows = db.session.execute(sa.select(Consent.field, Consent.audience, Consent.revoked_at)).all()
        standing = {(row.field, row.audience) for row in rows if row.revoked_at is None}
        assert standing == {("title", "donors"), ("title", "public")}
        assert len(rows) == 3

    def test_is_not_the_drafters(self):
        case = make.submitted()
        with pytest.raises(Forbidden):
            authorisation.set_consent(case.public_id, actor=case.drafter, version=None, consents=("title:public",))

    def test_takes_nothing_that_is_not_on_the_list(self):
        case = make.submitted()
        with pytest.raises(Invalid):
            authorisation.set_consent(case.public_id, actor=case.authority, version=None, consents=("problem:public",))


class TestWithdrawing:
    def test_says_what_will_happen_asks_why_and_stops_the_clocks(self, client_of):
        case = make.in_clarification()
        client = client_of(case.people.authority)
        page = client.get(f"{case.url}/withdraw").text
        assert "1 open question is closed." in page
        assert "No money is affected" in page
        assert send(client, f"{case.url}/withdraw", reason=" ").status_code == 422
        assert send(client, f"{case.url}/withdraw", reason="Another partner helps.").status_code == 302
        assert case.now.status == "withdrawn"
        assert case.now.due_at is None
        assert all(clock.stopped_at for clock in db.session.scalars(sa.select(Clock)))
        assert "Another partner helps." in client.get(case.url).text

    def test_is_not_the_focal_points(self, client_of):
        case = make.submitted()
        assert client_of(case.people.drafter).get(f"{case.url}/withdraw").status_code == 403


class TestSecondLook:
    def test_is_asked_once_and_leaves_the_deciders_hands(self, client_of):
        case = make.declined()
        client = client_of(case.people.authority)
        assert "ask for a second look until" in client.get(case.url).text
        assert send(client, f"{case.url}/reopen", reason="New facts").status_code == 302
        row = case.now
        assert (row.status, row.assigned_to_id, row.reopen_reason) == ("in_review", None, "New facts")
        with pytest.raises(Forbidden):
            decision.reopen(case.public_id, actor=case.authority, version=case.version, reason="Again")

    def test_is_refused_when_the_time_is_over(self):
        case = make.declined()
        with shifted(now() + timedelta(days=40)), pytest.raises(Forbidden) as refused:
            decision.reopen(case.public_id, actor=case.authority, version=case.version, reason="Late")
        assert refused.value.refusal.code == "too_late"


class TestOnPaper:
    def test_an_officer_files_what_came_as_a_letter(self):
        make.reference_data()
        people = make.People("BTN")
        authority = people.authority
        officer = people.officer.actor
        public_id = authorisation.file_paper_request(
            actor=officer,
            state_code="BTN",
            kind="technical",
            language="fr",
            values={"title": "Laboratoire", "areas": ["TA.INV"]},
            note=make.note(),
        )
        case = make.Case(make.uuid.UUID(public_id), people)
        row = case.now
        assert (row.status, row.origin, row.reference) == ("submitted", "paper", f"TA-{today().year}-BTN-001")
        assert queries.get_visible(case.public_id, authority.actor).title == "Laboratoire"

    @pytest.mark.parametrize(("state", "title", "error"), [("ZZZ", "T", Invalid), ("BTN", " ", Invalid)])
    def test_needs_a_known_state_and_a_title(self, state, title, error):
        make.reference_data()
        accounts.organisation("BTN")
        with pytest.raises(error):
            authorisation.file_paper_request(
                actor=accounts.person("triage_officer").actor,
                state_code=state,
                kind="technical",
                language="en",
                values={"title": title},
                note=make.note(),
            )

    def test_is_for_the_office_only(self):
        with pytest.raises(Forbidden):
            authorisation.file_paper_request(
                actor=accounts.person("authorising_officer").actor,
                state_code="KEN",
                kind="technical",
                language="en",
                values={},
                note=make.note(),
            )


class TestConfirming:
    def test_the_state_rates_a_delivery_once(self, client_of):
        case = make.delivered()
        activity = make.activities(case)[0]
        client = client_of(case.people.drafter)
        assert "Confirm what was delivered" in client.get("/desk").text
        address = f"{case.url}/activities/{activity.public_id}"
        assert send(client, address).status_code == 422
        assert send(client, address, rating="4", comment="Good").status_code == 302
        assert "rated 4 of 5" in client.get(case.url).text
        with pytest.raises(Conflict):
            implementation.confirm_implementation(
                case.public_id, actor=case.drafter, activity_public_id=activity.public_id, rating=5
            )

    def test_nothing_can_be_confirmed_before_it_was_delivered(self):
        case = make.in_implementation()
        activity = make.activities(case)[0]
        with pytest.raises(Conflict):
            implementation.confirm_implementation(
                case.public_id, actor=case.drafter, activity_public_id=activity.public_id, rating=5
            )
