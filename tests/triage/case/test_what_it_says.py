"""What the office's page of a request says: clocks by name, what was left out, who may see what, who has to act
next."""

import re
import uuid
from datetime import timedelta

import pytest
from flask import render_template_string
from lxml import html

from tests.factories import assistance as make
from tracker.assistance.decision import services as decision_services
from tracker.assistance.handling import services as handling
from tracker.calendar.now import now, shifted


def page_of(desk, case):
    return html.fromstring(desk.get(f"/triage/requests/{case.public_id}").get_data(as_text=True))


def fact(page, label: str) -> str:
    """What stands beside a label of the facts."""
    found = page.xpath(f"//section[@aria-labelledby='h-facts']//div[dt[.='{label}']]/dd[1]")
    return re.sub(r"\s+", " ", found[0].text_content()).strip()


def test_each_clock_beside_the_title_has_its_name(officer, people):
    page = page_of(officer, make.submitted(people))
    chips = [
        re.sub(r"\s+", " ", chip.text_content()) for chip in page.xpath("//h1/preceding-sibling::p//*[@class='clock']")
    ]
    assert [chip.partition(":")[0] for chip in chips] == ["To take the request up", "To decide"]


def test_says_plainly_what_the_state_left_unanswered(officer, people):
    page = page_of(officer, make.submitted(people, earlier_assistance=""))
    assert fact(page, "Earlier assistance") == "Not answered (optional)"
    assert "Nothing yet" not in page.text_content()


def test_says_in_one_place_in_which_language_the_state_wrote(officer, people):
    page = page_of(officer, make.submitted(people, language="fr"))
    assert page.text_content().count("ritten in French") == 1


def test_names_what_each_audience_sees(officer, people):
    case = make.submitted(people, consents=("title:donors", "amounts:donors", "title:public"))
    assert fact(page_of(officer, case), "Consent") == "Donors see: the title; the amountsThe public sees: the title"


def test_a_second_look_says_why_it_is_asked_and_who_may_decide(officer, people):
    case = make.declined(people)
    decision_services.reopen(
        case.public_id, actor=case.authority, version=case.version, reason="Training was left out."
    )
    decision = page_of(officer, case).xpath("//section[@aria-labelledby='h-decision']")[0]
    outside = " ".join(text for text in decision.itertext() if text.strip())
    assert "Training was left out." in outside
    assert outside.count("Outside the mandate.") == 1
    assert "Outside the mandate." in decision.xpath("string(details)")
    assert decision.xpath("p[contains(., 'officer')]")


def test_offers_the_request_to_whoever_has_it_or_reads_it(officer, people):
    def chosen(case):
        return page_of(officer, case).xpath("string(//select[@id='officer']/option[@selected])")

    assert chosen(make.submitted(people)) == people.officer.actor.name
    case = make.in_review(people)
    handling.assign(
        case.public_id, actor=case.officer, version=case.version, officer=uuid.UUID(people.manager.public_id)
    )
    assert chosen(case) == people.manager.actor.name


def test_an_overdue_clock_that_stands_still_says_by_how_much(app):
    shown = "{% from 'components/clocks.html' import clock %}{{ clock('paused', days) }}"
    with app.test_request_context("/"):
        assert "paused, overdue by 5 working days" in render_template_string(shown, days=-5)
        assert "paused, 5 working days left" in render_template_string(shown, days=5)


def test_a_second_look_is_no_longer_offered_when_its_clock_is_over(desk, officer, people):
    case = make.declined(people)
    assert "can ask once for a second look" in officer.get(f"/triage/requests/{case.public_id}").text
    with shifted(now() + timedelta(days=40)):
        page = page_of(desk(people.officer), case)
    assert "can ask once for a second look" not in page.text_content()
    assert "over since" in page.xpath("string(//section[@aria-labelledby='h-clocks'])")
    assert "overdue" not in page.xpath("string(//section[@aria-labelledby='h-clocks'])")


def test_errors_of_a_decision_come_in_the_order_of_the_page(officer, people):
    case = make.in_review(people)
    answer = officer.post(f"/triage/requests/{case.public_id}/decision/accepted", amount="abc")
    errors = html.fromstring(answer.text).xpath("//*[contains(@class, 'error-summary')]//a/@href")
    assert errors == ["#amount", "#human_rights", "#reasons"]


def test_an_empty_search_leads_to_the_closed_requests(officer, people):
    case = make.declined(people, title="Purchase of network equipment")
    page = html.fromstring(officer.get("/triage/queue?q=network").text)
    wider = page.xpath("//a[.='Look among closed requests too']/@href")[0]
    assert str(case.public_id) in officer.get(wider).text
    assert not html.fromstring(officer.get(wider + "&kind=participation").text).xpath(
        "//a[.='Look among closed requests too']"
    )


def test_hands_over_to_somebody_else_by_default(manager, people):
    make.in_review(people)
    page = html.fromstring(manager.get("/triage/queue/hand-over").text)
    chosen = page.xpath("//main//select/option[@selected]/@value")
    assert len(set(chosen)) == 2


def test_a_merger_offers_the_open_requests_of_the_same_state(officer, people):
    other = make.submitted(people, title="Training of prosecutors")
    make.submitted(make.People(of="BTN"), title="Elsewhere")
    case = make.in_review(people)
    page = html.fromstring(officer.get(f"/triage/requests/{case.public_id}/decision/merged").text)
    assert page.xpath("//datalist/option/@value") == [other.now.reference]


def test_the_language_of_a_paper_note_is_never_guessed(officer, people):
    page = html.fromstring(officer.get("/triage/paper").text)
    assert page.xpath("//select[@id='language']/option[1]/@value") == [""]
    assert "Choose the language." in officer.post("/triage/paper", language="").text


@pytest.mark.parametrize("act", ["ask", "decision/accepted"])
def test_the_title_keeps_its_language_where_the_office_writes_about_it(officer, people, act):
    case = make.in_review(people, language="fr", title="Formation des juges")
    page = officer.get(f"/triage/requests/{case.public_id}/{act}").get_data(as_text=True)
    assert '<span lang="fr" dir="ltr">Formation des juges</span>' in page
