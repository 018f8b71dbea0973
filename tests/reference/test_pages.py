"""The pages: public sessions, and settings that staff read and administrators change."""

import io
import re
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.factories import reference as reference_data
from tests.factories.accounts import person
from tests.services.statements import statements
from tracker.calendar.now import today
from tracker.reference import presenting, queries, services
from tracker.reference.views import amounts
from tracker.rights.actor import Actor

STAFF = ("programme_manager", "triage_officer", "finance_officer", "auditor", "administrator")
READ = [
    "/settings/", "/settings/sessions", "/settings/areas", "/settings/holidays", "/settings/clocks",
    "/settings/clocks/decide", "/settings/rates", "/settings/rates/EUR", "/settings/support-cost",
]  # fmt: skip
CHANGE = ["/settings/sessions/new", "/settings/sessions/AHC-P1/edit"]
POST = [
    "/settings/areas", "/settings/areas/1/end", "/settings/holidays", "/settings/holidays/1/end",
    "/settings/clocks/decide", "/settings/rates", "/settings/rates-file", "/settings/rates/1/end",
    "/settings/support-cost", "/settings/sessions/new", "/settings/sessions/AHC-P1/edit",
]  # fmt: skip
SESSION = {
    "title_en": "First session on a protocol", "title_fr": "Première session sur un protocole", "type": "protocol",
    "status": "planned", "seats_funded": "30", "seats_per_state": "2", "alternates_per_state": "1",
}  # fmt: skip
CLOSED = {"name_en": "Closed", "name_fr": "Fermé"}


@pytest.fixture
def loaded(app):
    app.config["WTF_CSRF_ENABLED"] = False
    reference_data.loaded()
    return app


@pytest.fixture
def administrator(loaded, sign_in):
    return sign_in(loaded.test_client(), person("administrator"))


def day(name, value):
    return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}


def send(client, url, **fields):
    return client.post(url, data={"key": str(uuid.uuid4()), **fields})


def end(client, url):
    """Press the button of the page that asks once more."""
    version = re.search(r'name="version" value="(\d*)"', client.get(url).text)
    return send(client, url, version=version[1] if version else "")


class TestPublicSessions:
    def test_show_what_is_ahead_first_and_say_what_is_unknown(self, loaded, client):
        page = client.get("/sessions/")
        assert page.status_code == 200
        assert page.text.index("First session on a draft supplementary protocol") < page.text.index("Sixth session")
        assert "dates not known yet" in page.text
        assert "place not known yet" in page.text

    def test_are_in_french(self, loaded, client):
        page = client.get("/sessions/?lang=fr")
        assert "Reprise de la session de clôture" in page.text
        assert "Vienne" in page.text

    def test_say_until_when_in_vienna_and_where_the_reader_is(self, loaded, client, sign_in):
        starts = today() + timedelta(days=90)
        closing = date(2027, 1, 29) if today() < date(2027, 1, 29) else today()
        services.edit_session(
            "AHC-P1", actor=Actor.system, version=1, starts_on=starts, ends_on=starts, closing_on=min(closing, starts)
        )
        page = client.get("/sessions/AHC-P1")
        assert "in Vienna" in page.text
        assert "UTC" in page.text
        assert "working day" in page.text
        assert "Sign in to ask" in page.text
        signed_in = sign_in(client, person("focal_point", of="KEN")).get("/sessions/AHC-P1")
        assert "UTC" not in signed_in.text

    @pytest.mark.parametrize("code", ["AHC-P1", "AHC-6", "CONV-SIGN", "AHC-ROP"])
    def test_have_a_page_each(self, loaded, client, code):
        assert client.get(f"/sessions/{code}").status_code == 200

    def test_lead_who_writes_requests_to_a_draft_for_the_session(self, loaded, client, sign_in):
        starts = today() + timedelta(days=90)
        services.edit_session(
            "AHC-P1", actor=Actor.system, version=1, starts_on=starts, ends_on=starts, closing_on=starts
        )
        link = "/requests/new?kind=participation&amp;session="
        sign_in(client, person("state_administrator", of="KEN"))
        assert link not in client.get("/sessions/AHC-P1").text
        sign_in(client, person("focal_point", of="KEN"))
        assert link in client.get("/sessions/AHC-P1").text

    def test_unknown_ones_are_not_found(self, loaded, client):
        assert client.get("/sessions/NOPE").status_code == 404

    def test_an_empty_list_says_so(self, client):
        page = client.get("/sessions/")
        assert "No session is planned" in page.text
        assert "No session has been held yet" in page.text


class TestWhoMay:
    @pytest.mark.parametrize("role", STAFF)
    def test_staff_read_and_administrators_change(self, loaded, client, sign_in, role):
        sign_in(client, person(role))
        for url in READ:
            assert client.get(url).status_code == 200, url
        for url in CHANGE:
            assert client.get(url).status_code == (200 if role == "administrator" else 403), url
        for url in POST:
            keeps = role == "administrator" or (role == "finance_officer" and "/rates" in url)
            assert end(client, url).status_code in ((302, 422) if keeps else (403,)), url

    @pytest.mark.parametrize("role", ["focal_point", "donor_officer"])
    def test_states_and_donors_do_not_come_in(self, loaded, client, sign_in, role):
        sign_in(client, person(role))
        assert {client.get(url).status_code for url in READ + CHANGE} == {403}

    def test_strangers_are_sent_to_sign_in(self, loaded, client):
        assert {client.get(url).status_code for url in READ + CHANGE} == {302}

    @pytest.mark.parametrize("url", READ)
    def test_pages_are_whole_while_nothing_is_loaded(self, app, client, sign_in, url):
        sign_in(client, person("administrator"))
        assert client.get(url).status_code == 200


class TestSettings:
    def test_a_session_gets_its_dates(self, administrator):
        starts = date(2027, 3, 1)
        fields = (
            SESSION
            | day("starts_on", starts)
            | day("ends_on", date(2027, 3, 12))
            | day("closing_on", date(2027, 1, 29))
        )
        answer = send(administrator, "/settings/sessions/AHC-P1/edit", version="1", **fields)
        assert answer.location == "/settings/sessions"
        session = queries.get_session("AHC-P1")
        assert (session.starts_on, session.closing_on, session.seats_funded) == (starts, date(2027, 1, 29), 30)
        again = send(administrator, "/settings/sessions/AHC-P1/edit", version="1", **fields | {"seats_funded": "9"})
        assert again.status_code == 409
        assert "What is there now" in again.text

    def test_wrong_dates_come_back_with_what_was_typed(self, administrator):
        fields = SESSION | {"starts_on-day": "31", "starts_on-month": "2", "starts_on-year": "2027"}
        page = send(administrator, "/settings/sessions/AHC-P1/edit", version="1", **fields)
        assert page.status_code == 422
        assert 'value="31"' in page.text
        fields = SESSION | day("ends_on", date(2027, 3, 1))
        page = send(administrator, "/settings/sessions/AHC-P1/edit", version="1", **fields)
        assert "The session ends before it starts." in page.text

    def test_the_form_is_filled_with_what_holds(self, administrator):
        page = administrator.get("/settings/sessions/AHC-ROP/edit")
        assert 'value="Vienna"' in page.text
        assert '<input type="hidden" name="version" value="1">' in page.text

    def test_a_session_is_added(self, administrator):
        assert send(administrator, "/settings/sessions/new", code="AHC-P3", **SESSION).status_code == 302
        assert send(administrator, "/settings/sessions/new", code="AHC-P3", **SESSION).status_code == 422
        assert queries.get_session("AHC-P3").starts_on is None

    def test_an_area_is_added_and_ended(self, administrator):
        fields = {
            "code": "TA.STA",
            "parent": "TA",
            "kind": "assistance",
            "name_en": "Statistics",
            "name_fr": "Statistiques",
        }
        assert send(administrator, "/settings/areas", **fields).status_code == 302
        area = next(area for area in queries.areas() if area.code == "TA.STA")
        assert send(administrator, "/settings/areas", **fields).status_code == 422
        assert "States can no longer choose it" in administrator.get(f"/settings/areas/{area.id}/end").text
        assert end(administrator, f"/settings/areas/{area.id}/end").status_code == 302
        assert end(administrator, f"/settings/areas/{area.id}/end").status_code == 409
        assert administrator.get(f"/settings/areas/{area.id}/end").status_code == 409
        assert send(administrator, "/settings/areas", **fields).status_code == 422

    def test_a_holiday_is_added_and_taken_back(self, administrator):
        assert send(administrator, "/settings/holidays", **CLOSED, **day("day", date(2027, 5, 5))).status_code == 302
        row = next(row for row in queries.holidays(2027) if row.name_en == "Closed")
        assert "Closed" in administrator.get("/settings/holidays?year=2027").text
        assert "The clocks count the day again." in administrator.get(f"/settings/holidays/{row.id}/end").text
        assert end(administrator, f"/settings/holidays/{row.id}/end").status_code == 302
        assert date(2027, 5, 5) not in queries.holiday_dates()

    def test_a_clock_gets_another_rule(self, administrator):
        tomorrow = today() + timedelta(days=1)
        answer = send(administrator, "/settings/clocks/decide", working_days="10", **day("valid_from", tomorrow))
        assert answer.status_code == 302
        assert queries.clock_days("decide", tomorrow) == 10
        past = send(administrator, "/settings/clocks/decide", working_days="10", **day("valid_from", date(2026, 1, 1)))
        assert "what was counted stays counted" in past.text
        assert f'value="{today().year}"' in administrator.get("/settings/clocks/decide").text
        assert administrator.get("/settings/clocks/nonsense").status_code == 404

    def test_a_rate_is_typed_as_the_person_writes_numbers(self, administrator):
        fields = {"currency": "eur", "units_per_usd": "0,9123", "source": "Bank"} | day("valid_from", today())
        assert send(administrator, "/settings/rates", **fields).location == "/settings/rates/EUR"
        assert str(queries.rate_for("EUR").units_per_usd).startswith("0.9123")
        # XXX is what ISO 4217 writes where there is no currency.
        for wrong in ({"currency": "XXX"}, {"units_per_usd": "abc"}, {"units_per_usd": "0"}, {"source": ""}):
            assert send(administrator, "/settings/rates", **fields | wrong).status_code == 422

    @pytest.mark.parametrize("typed", ["9" * 400, "1.5", "-1", "many", "5001"])
    def test_a_number_that_is_none_is_shown_again_with_what_to_do(self, administrator, typed):
        page = send(administrator, "/settings/sessions/AHC-P1/edit", version="1", **SESSION | {"seats_funded": typed})
        assert page.status_code == 422
        assert f'value="{typed}"' in page.text
        assert "Enter a whole number" in page.text or "between 0 and 5000" in page.text

    def test_a_number_is_read_as_people_write_it(self, administrator):
        written = SESSION | {"seats_funded": "1\u202f200", "seats_per_state": "٣"}
        assert send(administrator, "/settings/sessions/AHC-P1/edit", version="1", **written).status_code == 302
        session = queries.get_session("AHC-P1")
        assert (session.seats_funded, session.seats_per_state) == (1200, 3)

    @pytest.mark.parametrize("kind", ["areas", "holidays", "rates"])
    @pytest.mark.parametrize("number", ["999999", "9" * 19, "9" * 400])
    def test_a_row_that_cannot_be_is_not_found(self, administrator, kind, number):
        assert administrator.get(f"/settings/{kind}/{number}/end").status_code == 404
        assert send(administrator, f"/settings/{kind}/{number}/end").status_code == 404

    def test_rates_are_imported_from_a_file(self, administrator, monkeypatch):
        good = b"currency,units_per_usd,date,source\nEUR,0.91,2026-11-20,ECB\n"
        assert send(administrator, "/settings/rates-file", file=(io.BytesIO(good), "rates.csv")).status_code == 302
        bad = good.replace(b"0.91", b"-1") + b"XX,1,2026-11-20,x\n"
        page = send(administrator, "/settings/rates-file", file=(io.BytesIO(bad), "rates.csv"))
        assert page.status_code == 422
        assert "Row 2, units_per_usd" in page.text
        assert "Row 3, currency" in page.text
        assert send(administrator, "/settings/rates-file").status_code == 422
        monkeypatch.setattr(amounts, "LARGEST_FILE", 50)
        large = send(administrator, "/settings/rates-file", file=(io.BytesIO(good), "rates.csv"))
        assert large.status_code == 413

    def test_the_support_rate_changes_from_a_day_on(self, administrator):
        assert (
            send(administrator, "/settings/support-cost", value="7,5", **day("valid_from", today())).status_code == 302
        )
        assert queries.support_rate() == 7.5
        assert (
            send(administrator, "/settings/support-cost", value="90", **day("valid_from", today())).status_code == 422
        )

    def test_what_is_no_whole_number_is_told_once(self, administrator):
        page = send(administrator, "/settings/clocks/decide", working_days="1,5", **day("valid_from", today())).text
        assert "Enter a whole number, for example 12." in page
        assert "between 0 and 400" not in page

    def test_pressing_twice_does_it_once(self, administrator):
        fields = {"key": str(uuid.uuid4()), **CLOSED, **day("day", date(2027, 5, 5))}
        for _ in range(2):
            assert administrator.post("/settings/holidays", data=fields).status_code == 302
        assert len([row for row in queries.holidays(2027) if row.name_en == "Closed"]) == 1


@pytest.mark.parametrize(
    ("rate", "shown"),
    [("0.91234567", "0.912346"), ("129.5", "129.5"), ("1374999.6", "1,374,999.6"), ("0.000123456", "0.000123456")],
)
def test_rates_show_the_figures_that_matter(app, rate, shown):
    with app.test_request_context():
        assert presenting.rate(Decimal(rate)) == shown


class TestSpeed:
    @pytest.mark.parametrize(
        ("url", "most"),
        [("/sessions/", 1), ("/sessions/AHC-6", 3)],
    )
    def test_public_pages_ask_little(self, loaded, client, url, most):
        with statements() as seen:
            assert client.get(url).status_code == 200
        assert len(seen) <= most, seen

    @pytest.mark.parametrize("url", READ)
    def test_settings_ask_no_more_for_more_rows(self, administrator, url):
        with statements() as seen:
            assert administrator.get(url).status_code == 200
        assert len(seen) <= 11 if url == "/settings/" else len(seen) <= 6, seen
