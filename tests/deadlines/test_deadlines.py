"""What is due stands on one page and in one's calendar, limited to what the reader may see."""

import re
from datetime import timedelta

import icalendar
import pytest
from lxml import html

from tests.factories import assistance as make
from tests.factories import offers
from tests.factories import pledges as money
from tests.factories.accounts import person
from tests.participation.support.conftest import plan, set_up
from tests.services.people import sign_in
from tracker.accounts.models import Membership
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction, update_where
from tracker.deadlines import services
from tracker.deadlines.models import CalendarAddress
from tracker.deadlines.sources import Window, deadlines_of
from tracker.errors import Conflict
from tracker.reference import loader
from tracker.rights.actor import Actor

ALL = Window(today() - timedelta(days=400), today() + timedelta(days=1200), 50)


@pytest.fixture
def people(app):
    return make.People()


def due(actor) -> list[tuple[str, str]]:
    """What is due for somebody: about what, and what is to be done."""
    return [(one.about, one.title) for one in deadlines_of(actor, ALL)]


def entries(answer) -> dict[str, str]:
    """The words of each entry of a calendar, by its key."""
    found = icalendar.Calendar.from_ical(answer.get_data()).walk("VEVENT")
    return {str(one["uid"]).partition("@")[0]: str(one["summary"]) for one in found}


def table(client) -> list[list[str]]:
    """The rows of the page."""
    rows = html.fromstring(client.get("/deadlines").get_data(as_text=True)).xpath("//main//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("th|td")] for row in rows]


def address(client) -> str | None:
    """The private address that the page shows."""
    found = re.search(r"/deadlines/[\w-]+\.ics", client.get("/deadlines").get_data(as_text=True))
    return found[0] if found else None


class TestOfRequests:
    @pytest.fixture
    def asked(self, people):
        """A request whose State was asked."""
        case = make.in_clarification(people)
        make.letter_arrives(case)
        return case

    def test_a_state_and_who_has_its_request_in_hand_read_the_same_clock(self, app, asked):
        of_this = (asked.now.reference, "To answer the questions")
        assert of_this in due(asked.drafter)
        assert of_this in due(asked.officer)
        ((row),) = [row for row in table(sign_in(app.test_client(), asked.people.drafter)) if row[2] == of_this[1]]
        assert row[3:] == [of_this[0], "You"]
        ((row),) = [row for row in table(sign_in(app.test_client(), asked.people.officer)) if row[2] == of_this[1]]
        assert row[3:] == [of_this[0], "The State"]

    def test_others_do_not(self, app, asked):
        for role, of in (("focal_point", "NPL"), ("triage_officer", None), ("finance_officer", None)):
            assert due(person(role, of=of).actor) == []
        assert due(Actor.anonymous) == []
        assert due(person("programme_manager").actor) != []


class TestOfPledges:
    def test_a_donor_and_finance_read_instalments_and_the_end(self, app):
        people = money.people()
        pledge = money.accepted(people, money.terms(100_00, parts=(60_00, 40_00)))
        titles = [title for _, title in due(people.officer.actor)]
        assert titles == ["An instalment falls due"] * 2 + ["Last day on which the pledge gives money"]
        assert [one.whose for one in deadlines_of(people.officer.actor, ALL)] == ["", "", "UNODC"]
        assert [one.whose for one in deadlines_of(people.finance.actor, ALL)] == ["The donor"] * 2 + ["UNODC"]
        assert due(people.finance.actor) == due(people.officer.actor)
        assert due(person("donor_officer", of="OTHER").actor) == []
        assert str(pledge) in str([one.values for one in deadlines_of(people.officer.actor, ALL)])


class TestOfSessions:
    @pytest.fixture
    def soon(self, app):
        loader.load()
        plan("AHC-P1", today() + timedelta(days=100), "VIE")
        set_up()

    def test_steps_are_in_the_calendar_for_everybody(self, client, soon):
        answer = client.get("/sessions.ics")
        assert answer.mimetype == "text/calendar"
        found = entries(answer)
        assert found["session-AHC-P1-nominations"] == "AHC-P1: Nominations close"
        assert "session-AHC-P1" in found
        assert entries(client.get("/sessions.ics?lang=fr"))["session-AHC-P1-nominations"] != "AHC-P1: Nominations close"

    def test_a_step_that_the_office_missed_is_told_to_the_office_only(self, app, soon):
        plan("AHC-P1", today() + timedelta(days=60), "VIE")
        late = ("AHC-P1", "Seats are given")
        assert late in due(person("programme_manager").actor)
        assert late not in due(person("focal_point").actor)
        rows = table(sign_in(app.test_client(), person("programme_manager")))
        assert ["passed", "Seats are given", "AHC-P1", "You"] in [row[1:] for row in rows]


def test_an_offer_is_read_by_its_state_and_by_who_sent_it(app):
    scene = offers.ready("KEN", "BTN")
    offers.offered(scene)
    kenya = scene.cases["KEN"]
    asked = "To answer the offer of a seat"
    assert [about for about, title in due(kenya.authority) if title == asked] == [kenya.now.reference]
    assert [title for _, title in due(scene.officer)].count(asked) == 2
    assert asked not in [title for _, title in due(scene.donors.finance.actor)]


class TestPrivateAddress:
    @pytest.fixture
    def case(self, people):
        return make.submitted(people, marking="strictly_confidential")

    def test_is_read_without_signing_in_and_says_no_more_than_mail(self, app, case):
        client = sign_in(app.test_client(), case.people.drafter)
        assert address(client) is None
        services.make_address(actor=case.drafter)
        answer = app.test_client().get(address(client))
        assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
        assert set(entries(answer).values()) == {"To take the request up", "To decide"}
        assert case.now.reference not in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"].startswith("private")

    def test_ends_when_it_is_revoked_or_made_anew(self, app, case):
        client, other = sign_in(app.test_client(), case.people.drafter), app.test_client()
        services.make_address(actor=case.drafter)
        first = address(client)
        services.make_address(actor=case.drafter)
        second = address(client)
        assert [other.get(one).status_code for one in (first, second)] == [404, 200]
        services.revoke_address(actor=case.drafter)
        assert other.get(second).status_code == 404
        with pytest.raises(Conflict, match="no calendar address"):
            services.revoke_address(actor=case.drafter)

    def test_shows_nothing_once_its_person_has_left(self, app, case):
        services.make_address(actor=case.drafter)
        found = address(sign_in(app.test_client(), case.people.drafter))
        with transaction():
            update_where(Membership, Membership.id == case.drafter.membership_id, ended_at=now())
        assert app.test_client().get(found).status_code == 404

    def test_leads_nowhere_once_its_key_is_gone_and_the_page_says_so(self, app, case):
        client = sign_in(app.test_client(), case.people.drafter)
        services.make_address(actor=case.drafter)
        found = address(client)
        with transaction():
            update_where(CalendarAddress, CalendarAddress.membership_id == case.drafter.membership_id, key_id="gone")
        assert app.test_client().get(found).status_code == 404
        assert "This address leads nowhere any more" in client.get("/deadlines").get_data(as_text=True)

    def test_an_address_that_never_was_is_not_found(self, client):
        assert client.get("/deadlines/potato.ics").status_code == 404


def test_an_empty_page_says_so(app):
    client = sign_in(app.test_client(), person("focal_point", of="NPL"))
    assert "Nothing is due." in client.get("/deadlines").get_data(as_text=True)
