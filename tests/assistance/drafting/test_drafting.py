"""Writing a draft through the browser's eyes: nothing typed is lost, nobody saves over somebody else."""

import io

import pytest
import sqlalchemy as sa

from tests.assistance.conftest import events, form_of, send, value
from tests.factories import accounts
from tests.factories import assistance as make
from tests.files.samples import PDF
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.drafting import services as drafting
from tracker.assistance.fields import services as fields
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.reference.models import ExchangeRate

pytestmark = pytest.mark.usefixtures("app")


class TestStarting:
    def test_asks_for_the_kind(self, client_of):
        make.reference_data()
        page = send(client_of(accounts.person("focal_point")), "/requests/new", kind="", language="en")
        assert page.status_code == 422
        assert "Choose what you ask for." in page.text

    def test_begins_at_the_first_step_in_the_chosen_language(self, client_of):
        make.reference_data()
        client = client_of(accounts.person("focal_point"))
        answer = send(client, "/requests/new", kind="technical", language="fr")
        assert answer.location.endswith("/steps/where")
        assert client.get(answer.location).status_code == 200
        assert db.session.scalar(sa.select(AssistanceRequest.language)) == "fr"

    def test_is_not_for_administrators_and_donors(self, client_of):
        for role in ("state_administrator", "donor_officer", "triage_officer"):
            assert client_of(accounts.person(role)).get("/requests/new").status_code == 403


class TestSteps:
    def test_every_step_of_both_kinds_renders(self, client_of):
        for kind, slugs in (
            ("technical", ("where", "who", "why", "when", "consent")),
            ("participation", ("session", "contribution", "consent")),
        ):
            case = make.draft(kind=kind)
            client = client_of(case.people.drafter)
            for slug in slugs:
                assert client.get(f"{case.url}/steps/{slug}").status_code == 200
            for page in ("documents", "review", "people", "discard"):
                assert client.get(f"{case.url}/{page}").status_code == 200
            assert client.get(f"{case.url}/steps/nothing").status_code == 404

    def test_saving_goes_on_to_the_next_step_and_leaves_one_event(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        address = f"{case.url}/steps/where"
        answer = send(client, address, language="en", title="A <b>course</b>", areas="TA.PRO", then="continue")
        assert answer.location.endswith("/steps/who")
        assert value(case, "areas") == ["TA.PRO"]
        assert "A &lt;b&gt;course&lt;/b&gt;" in client.get(case.url).text
        assert events(case) == ["assistance.drafted", "assistance.edited"]

    def test_saving_and_leaving_keeps_what_cannot_be_read(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        address = f"{case.url}/steps/when"
        typed = {"starts_on-day": "31", "starts_on-month": "2", "starts_on-year": "2027", "place": "Nairobi"}
        answer = send(client, address, currency="USD", then="leave", **typed)
        assert answer.status_code == 302
        page = client.get(address)
        assert 'name="starts_on-day" value="31"' in page.text
        assert "Enter a real date" in page.text
        assert 'value="Nairobi"' in page.text

    def test_a_wrong_amount_stays_on_the_page_and_the_rest_is_saved(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        address = f"{case.url}/steps/when"
        typed = {"starts_on-day": "3", "starts_on-month": "5", "starts_on-year": "2027", "place": "Accra"}
        lines = {"currency": "USD", "lines-0-label": "Trainers", "lines-0-amount": "twelve"}
        page = send(client, address, **typed, **lines, then="continue")
        assert page.status_code == 422
        assert 'value="twelve"' in page.text
        assert value(case, "dates")["place"] == "Accra"
        assert value(case, "budget")["lines"] == []
        again = client.post(address, data={**form_of(page), **typed, **lines, "lines-0-amount": "1 200,50"})
        assert again.status_code == 302
        assert value(case, "budget") == {"currency": "USD", "lines": [["Trainers", 120050]]}
        assert case.now.unread == {}

    def test_a_last_day_before_the_first_is_refused(self, client_of):
        case = make.draft()
        days = {"starts_on": "9", "ends_on": "8"}
        typed = {f"{name}-day": day for name, day in days.items()}
        typed |= {f"{name}-month": "5" for name in days} | {f"{name}-year": "2027" for name in days}
        page = send(client_of(case.people.drafter), f"{case.url}/steps/when", currency="USD", **typed)
        assert page.status_code == 422
        assert "The last day comes before the first." in page.text

    def test_rows_come_and_go_without_a_script(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        address = f"{case.url}/steps/who"
        rows = {"beneficiaries-0": "Police", "beneficiaries-1": "Courts"}
        page = send(client, address, rows="add:beneficiaries", **rows)
        assert page.status_code == 200
        assert 'name="beneficiaries-2"' in page.text
        page = client.post(address, data={**form_of(page), "rows": "remove:beneficiaries:0", **rows})
        assert "Police" not in page.text
        assert value(case, "beneficiaries") == ["Courts"]
        assert events(case) == ["assistance.drafted"]

    def test_awkward_text_breaks_nothing(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        for text in ("a\x00b", "=1+1", "\u202ex", "🕊" * 10, "x" * 201, "<script>", "' OR 1=1"):
            page = send(client, f"{case.url}/steps/where", language="en", title=text, areas="no.such")
            assert page.status_code in (302, 422)
            assert client.get(f"{case.url}/steps/where").status_code == 200
            assert client.get(case.url).status_code == 200

    def test_amounts_are_counted_in_dollars_at_the_rate_of_the_day(self, client_of):
        case = make.draft()
        with transaction() as session:
            rate = ExchangeRate(currency="KES", units_per_usd=125, valid_from=make.today(), source="UN")
            session.add(rate)
            session.flush()
            rate_id = rate.id
        budget = {"currency": "KES", "lines": [["Trainers", 100_000_00], ["Rooms", 25_000_00]]}
        drafting.edit(case.public_id, actor=case.drafter, version=1, step="when", values={"budget": budget})
        row = case.now
        assert (row.amount_minor, row.amount_usd_minor, row.usd_rate_id) == (125_000_00, 1_000_00, rate_id)
        page = client_of(case.people.drafter).get(f"{case.url}/steps/when")
        assert f"at the rate of {format_day(make.today())}" in page.text


class TestDocuments:
    def test_are_added_shown_and_removed(self, client_of):
        case = make.draft()
        client = client_of(case.people.drafter)
        address = f"{case.url}/documents"
        send(client, address, file=(io.BytesIO(PDF), "note.pdf"), label="Outline of the laboratory")
        page = client.get(address)
        assert "Outline of the laboratory" in page.text
        link = page.text.split('href="')
        link = next(part.split('"')[0] for part in link if "/files/" in part)
        assert client.get(link).data == PDF
        stranger = client_of(accounts.person("focal_point", of="BTN"))
        assert stranger.get(link).status_code == 404
        client.post(link.replace("/files/", "/documents/") + "/remove")
        assert "Outline of the laboratory" not in client.get(address).text
        assert client.get(link).status_code == 404

    def test_a_file_of_another_kind_is_refused_with_a_sentence(self, client_of):
        case = make.draft()
        page = send(client_of(case.people.drafter), f"{case.url}/documents", file=(io.BytesIO(b"MZ"), "a.exe"))
        assert page.status_code == 422
        assert "error-summary" in page.text


class TestColleagues:
    def test_an_invited_colleague_of_another_office_sees_the_draft(self, client_of):
        case = make.draft(title="Ours")
        other = accounts.person("focal_point", in_office=accounts.office("KEN", "Police"))
        assert client_of(other).get(case.url).status_code == 404
        answer = send(client_of(case.people.drafter), f"{case.url}/people", person=other.public_id)
        assert answer.status_code == 302
        assert "Ours" in client_of(other).get(case.url).text
        with pytest.raises(Invalid):
            drafting.invite_co_drafter(
                case.public_id, actor=case.drafter, person_public_id=make.uuid.UUID(other.public_id)
            )

    def test_nobody_of_another_state_can_be_invited(self):
        case = make.draft()
        stranger = accounts.person("focal_point", of="BTN")
        with pytest.raises(Invalid):
            drafting.invite_co_drafter(
                case.public_id, actor=case.drafter, person_public_id=make.uuid.UUID(stranger.public_id)
            )


class TestDiscarding:
    def test_the_draft_and_its_documents_are_gone(self, client_of):
        case = make.draft(title="Never mind")
        fields.attach(case.public_id, actor=case.drafter, upload=io.BytesIO(PDF), label="", name="a.pdf")
        client = client_of(case.people.drafter)
        answer = send(client, f"{case.url}/discard")
        assert answer.location.endswith("/requests")
        assert client.get(case.url).status_code == 404
        assert db.session.scalar(sa.text("SELECT count(*) FROM files")) == 0

    def test_a_draft_with_a_reference_stays(self, client_of):
        case = make.awaiting_authorisation()
        authorisation.return_to_draft(case.public_id, actor=case.authority, version=case.version, reason="Shorter")
        page = client_of(case.people.drafter).get(f"{case.url}/discard")
        assert page.status_code == 403
        assert "your authority can withdraw it" in page.text
