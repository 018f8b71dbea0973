"""The pages that everybody may read."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.factories import accounts, assistance, pledges
from tests.factories import reference as reference_data
from tests.pledges.forms import words_of
from tests.services.statements import statements
from tracker.assistance.models import AssistanceRequest
from tracker.calendar import working_days
from tracker.database.transactions import transaction
from tracker.desks import resolution
from tracker.reference.models import ExchangeRate


@pytest.fixture(autouse=True)
def with_reference(app):
    reference_data.loaded()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


class TestHome:
    def test_shows_no_total_that_could_betray_a_state(self, client):
        assistance.submitted()
        page = client.get("/").get_data(as_text=True)
        assert "fewer than 3" in page
        assert "Totals behind which fewer than three" in page

    def test_adds_up_pledges_in_whatever_currency_at_the_days_rate(self, client):
        with transaction() as session:
            session.execute(sa.delete(ExchangeRate))
        people = pledges.people()
        request = pledges.request_of()
        pledges.allocated(people, pledges.funded(people, pledges.terms(1_000_00)), request, 300_00)
        for currency, per_dollar in (("JPY", 100), ("KWD", Decimal("0.5"))):
            pledges.rate(currency, Decimal(per_dollar))
        pledges.accepted(pledges.people("SWEDEN"), pledges.terms(400_00, "EUR"))  # 0.8 for a dollar
        with statements() as before:
            client.get("/")
        pledges.accepted(people, pledges.terms(20_000, "JPY"))
        pledges.accepted(people, pledges.terms(50_000, "KWD"))
        pledges.offered(people, pledges.terms(7_777_00))
        with statements() as after:
            shown = words_of(client.get("/"))
        assert "pledged by 2 donors 1,800 USD set aside for requests 300 USD" in shown
        assert "at the rates in force now, the oldest of 1 January 2020." in shown
        assert len(after) == len(before)

    def test_shows_the_median_of_working_days_to_a_decision(self, client):
        sent = date(2026, 3, 2)
        for code, days in (("KEN", 3), ("RWA", 9), ("MWI", 10)):
            case = assistance.declined(assistance.People(code))
            moments = {"submitted_at": noon(sent), "decided_at": noon(working_days.add(sent, days))}
            with transaction() as session:
                mine = AssistanceRequest.public_id == case.public_id
                session.execute(sa.update(AssistanceRequest).where(mine).values(**moments))
        shown = words_of(client.get("/"))
        assert "median time from receipt to decision 9 working days" in shown
        assert "requests from 3 States 3" in shown

    def test_says_that_a_demonstration_is_one(self, client):
        page = client.get("/").get_data(as_text=True)
        assert "not a service of the United Nations" in page
        assert 'content="noindex"' in page


class TestHowItWorks:
    def test_prints_every_paragraph_of_the_french_text(self, client):
        page = client.get("/how-it-works?lang=fr").get_data(as_text=True)
        for paragraph in resolution.paragraphs():
            assert f'id="{paragraph.id}"' in page
        assert "prenant en charge les frais de voyage et d&#39;hébergement" in page

    def test_says_which_language_a_paragraph_is_in(self, client):
        page = client.get("/how-it-works").get_data(as_text=True)
        assert '<p lang="fr" dir="ltr">Notant que les technologies' in page
        assert '<p lang="en" dir="ltr">Stressing the need' in page
        assert "Wording of the draft resolution" in page

    def test_has_the_whole_resolution(self):
        kinds = [paragraph.kind for paragraph in resolution.paragraphs()]
        assert (kinds.count("preambular"), kinds.count("operative")) == (17, 6)


def test_a_page_that_is_not_there_leads_each_reader_to_where_they_begin(client, app, sign_in):
    assert '<a href="/">Start page</a>' in client.get("/nothing").text
    page = sign_in(app.test_client(), accounts.person("focal_point")).get("/nothing").text
    assert '<a href="/start">Go to your desk</a>' in page
