"""One session, a page for each kind of person: public facts, the State's standing, the office's form and board."""

import re
import uuid
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories.accounts import person
from tests.participation.support.conftest import TERMS, plan, set_up
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.costs import loading
from tracker.costs.models import CostRule
from tracker.database.transactions import transaction
from tracker.languages.formatting import format_day
from tracker.participation.support.lifecycle import STEPS
from tracker.participation.support.queries import support_of
from tracker.reference import queries as reference
from tracker.reference import services as sessions

FORM = "/settings/sessions/AHC-P1/support"
TYPED = {
    "pays": ["fare", "allowance"],
    "cabin": "economy",
    "route": "The most direct route",
    "rule_set": "A",
    "seats": "40",
    "first_pass": "1",
    "seats_per_state": "2",
    "alternates_per_state": "1",
    "visa_days": "30",
    "passport_months": "3",
    "visa_needs": "Kenya, diplomatic passport, 10\nNepal, 45",
    **{f"{step}_days": str(days) for step, days in TERMS.days.items()},
    "in_time_place": "2",
    "in_time_source": "Practice",
    "ldc_place": "1",
    "ldc_source": "A/AC.291/7, annex II",
}


@pytest.fixture
def soon():
    """A session in New York in 80 days, so that the first two of its days have passed."""
    return plan("AHC-P1", today() + timedelta(days=80), "JFK")


def test_the_offices_own_rules_can_be_chosen_beside_those_that_are_delivered(dated, manager):
    with transaction() as session:
        loading.load_rules()
        of_a = session.scalars(sa.select(CostRule).where(CostRule.rule_set == "A")).all()
        copied = ("valid_from", "parameter", "percent", "verified")
        for row in of_a:
            own = {name: getattr(row, name) for name in copied}
            session.add(CostRule(rule_set="UN", source="ST/AI/2026", **own))
    page = manager.get(f"{FORM}/new").text
    for choice in ("A: ", "B: ", "UN: ST/AI/2026"):
        assert f"{choice}" in page.partition('id="rule_set"')[2].partition("</select>")[0]
    send(manager, f"{FORM}/new", rule_set="UN")
    assert support().terms.rule_set == "UN"


@pytest.fixture
def manager(client):
    return sign_in(client, person("programme_manager"))


def send(client, address, **changes):
    page = client.get(address).text
    version = re.search(r'name="version" value="(\d*)"', page)
    return client.post(
        address, data={"key": str(uuid.uuid4()), **TYPED, "version": version[1] if version else "", **changes}
    )


def support():
    return support_of(reference.get_session("AHC-P1").id)


def test_a_manager_sets_a_session_up_by_form_and_everybody_reads_it(dated, manager, app):
    answer = send(manager, f"{FORM}/new")
    assert answer.status_code == 302, answer.text
    said = support().terms
    assert said.pays == {"fare", "allowance"}
    assert [(rule.kind, rule.source) for rule in said.rules] == [
        ("ldc", "A/AC.291/7, annex II"),
        ("in_time", "Practice"),
    ]
    assert {(n.nationality_iso3, n.passport, n.days) for n in said.visa_needs} == {
        ("KEN", "diplomatic", 10),
        ("NPL", "any", 45),
    }
    page = app.test_client().get("/sessions/AHC-P1").text
    assert "The most direct route" in page
    assert "A/AC.291/7, annex II" in page
    assert "diplomatic passport" in page
    assert page.index("Least developed countries") < page.index("Nominations that came in time")


def test_the_form_shows_what_stands_and_changes_it(dated, manager):
    set_up()
    page = manager.get(FORM).text
    assert "Kenya, diplomatic passport, 10" in page
    assert "Resolution 74/247, paragraph 5" in page
    assert manager.get(f"{FORM}/new").headers["Location"] == FORM
    assert send(manager, FORM, seats="41").status_code == 302
    assert support().terms.seats == 41


def test_a_session_whose_closing_day_is_known_keeps_it_and_no_later_step_comes_before_it(soon, manager):
    closes = today() + timedelta(days=40)
    administrator = person("administrator").actor
    sessions.edit_session("AHC-P1", actor=administrator, version=2, closing_on=closes)
    page = manager.get(f"{FORM}/new").text
    days = {name: value for name, value in re.findall(r'name="(\w+)_days"[^>]*value="(\d+)"', page) if name in STEPS}
    assert days == {
        "announce": "120",
        "nominations": "84",
        "round": "40",
        "answer": "40",
        "papers": "40",
        "ticket": "21",
    }
    send(
        manager,
        f"{FORM}/new",
        **{f"{name}_days": value for name, value in days.items()},
        **day("nominations_on", closes),
    )
    assert support().closing_on == closes


def day(name, value):
    return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}


def test_a_copy_begins_with_the_terms_of_the_earlier_session_and_keeps_no_day_of_it(dated, manager):
    plan("AHC-P2", date(2032, 3, 1), "JFK")
    set_up(fixed={"papers": date(2031, 1, 20)})
    address = "/settings/sessions/AHC-P2/support/new?from=AHC-P1"
    page = manager.get(address).text
    assert "Kenya, any passport, 40" in page
    assert "2031" not in page.split("<form", 2)[-1].split("</form")[0]
    send(manager, address)
    found = support_of(reference.get_session("AHC-P2").id)
    assert (found.copied_from, found.terms.fixed) == ("AHC-P1", {})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"visa_needs": "Atlantis, 3"}, "Line 1: write State, kind of passport, days"),
        ({"sids_source": "Decision 1"}, "Give the rule its place"),
        ({"sids_place": "1", "sids_source": "Decision 1"}, "Another rule has this place."),
        ({"first_pass": "3"}, "more than a State can have"),
        ({"round_days": "many"}, "Enter a whole number"),
        ({"pays": []}, "Choose at least one line"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(dated, manager, typed, words):
    answer = send(manager, f"{FORM}/new", **typed)
    assert answer.status_code == 422
    assert words in answer.text
    assert "The most direct route" in answer.text
    assert support() is None


def test_nominations_that_would_be_closed_at_once_are_saved_when_one_is_sure(soon, manager):
    asked = send(manager, f"{FORM}/new")
    assert "Nominations would be closed at once" in asked.text
    assert support() is None
    sure = re.search(r'name="sure" value="([0-9a-f]+)"', asked.text)[1]
    key = re.search(r'name="key" value="([^"]+)"', asked.text)[1]
    assert manager.post(f"{FORM}/new", data={**TYPED, "key": key, "version": "", "sure": sure}).status_code == 302


def test_the_public_page_counts_days_back_and_marks_what_is_late(soon, client):
    set_up(fixed={"nominations": today() + timedelta(days=5), "round": today() + timedelta(days=6)})
    page = client.get("/sessions/AHC-P1").text
    assert "done, 40 days late" in page
    assert "75 days before, fixed" in page
    assert "in New York" in page


def test_a_state_reads_whether_it_may_ask_and_what_it_asked(meeting, case, client):
    set_up(
        fixed={"nominations": today() + timedelta(days=30)},
        days={**TERMS.days, "round": 50, "answer": 40, "papers": 35},
    )
    sign_in(client, case.people.drafter)
    page = client.get("/sessions/AHC-P1").text
    assert "Your State at this session" in page
    assert f"/requests/{case.public_id}" in page
    assert "no delegate yet" in page
    assert "One yes is enough." in page
    assert "For the office" not in page


def test_who_only_looks_reads_no_state(dated, client):
    set_up()
    assert "Your State at this session" not in client.get("/sessions/AHC-P1").text
    sign_in(client, person("donor_officer", of="NORAD"))
    assert "Your State at this session" not in client.get("/sessions/AHC-P1").text


def test_only_a_manager_is_led_to_the_form(dated, client):
    sign_in(client, person("triage_officer"))
    page = client.get("/sessions/AHC-P1").text
    assert "/sessions/AHC-P1/board" in page
    assert FORM not in page
    assert client.get(f"{FORM}/new").status_code == 403


def test_the_form_says_beside_each_step_its_day_and_whether_it_is_late(soon, manager):
    set_up(fixed={"nominations": today() + timedelta(days=5), "round": today() + timedelta(days=6)})
    page = manager.get(FORM).text
    assert "done, 40 days late" in page
    assert format_day(today() + timedelta(days=24)) in page
