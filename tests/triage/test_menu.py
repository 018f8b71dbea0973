"""Where the side menu says that one is, on pages that lie below another address than the menu's own."""

import uuid

import pytest
from lxml import html

from tests.factories import assistance as make


def current(answer) -> list[str]:
    """The items of the side menu that are marked as current."""
    links = html.fromstring(answer.text).xpath("//nav[@aria-label='Staff']//a[@aria-current]")
    return [link.text_content().split()[0] for link in links]


@pytest.mark.parametrize("address", ["/triage/requests/{id}", "/triage/requests/{id}/ask", "/requests/{id}/annex"])
def test_a_request_belongs_to_the_queue(officer, people, address):
    case = make.in_review(people)
    assert current(officer.get(address.format(id=case.public_id))) == ["Queue"]


@pytest.mark.parametrize(
    ("address", "item"),
    [("/triage/paper", "Queue"), ("/triage/questions", "Clarifications"), ("/jobs/", "Imports")],
)
def test_pages_elsewhere_belong_to_their_item(officer, address, item):
    assert current(officer.get(address)) == [item]


def test_an_organisation_belongs_to_the_organisations(officer, people):
    found = html.fromstring(officer.get("/settings/organisations").text).xpath("//tbody//a/@href")
    assert current(officer.get(found[0])) == ["Organisations"]


@pytest.mark.parametrize("address", ["/notifications", "/notifications/preferences", "/account", "/account/password"])
def test_the_office_keeps_its_menu_on_everybodys_pages(officer, address):
    assert "Queue" in html.fromstring(officer.get(address).text).xpath("string(//nav[@aria-label='Staff'])")


@pytest.mark.parametrize("address", [f"/triage/requests/{uuid.UUID(int=0)}", "/settings/areas/none", "/desk"])
def test_the_office_keeps_its_menu_when_something_is_refused(officer, address):
    answer = officer.get(address)
    assert answer.status_code in (403, 404)
    assert "Queue" in html.fromstring(answer.text).xpath("string(//nav[@aria-label='Staff'])")


def test_a_figure_of_nothing_is_not_shown(officer):
    menu = html.fromstring(officer.get("/triage/queue").text).xpath("//nav[@aria-label='Staff']")[0]
    assert menu.xpath(".//*[@class='count']/text()") == []
