"""Every page of a request renders for the State, in every status."""

import pytest

from tests.factories import accounts
from tests.factories import assistance as make


@pytest.mark.parametrize("status", list(make.IN_EVERY_STATUS))
def test_the_request_page_in_every_status(client_of, status):
    case = make.IN_EVERY_STATUS[status](make.People("KEN"))
    for someone in (case.people.drafter, case.people.authority):
        client = client_of(someone)
        page = client.get(case.url)
        assert page.status_code == 200
        assert (case.now.title or "Session ") in page.text
        assert client.get(f"{case.url}/annex").status_code == 200
        assert client.get("/desk").status_code == client.get("/requests").status_code == 200


@pytest.mark.parametrize("language", ["fr", "ar", "zh", "ru", "es"])
def test_pages_in_every_language(client_of, language):
    case = make.in_clarification()
    client = client_of(case.people.drafter)
    for address in (case.url, "/desk", "/requests", f"{case.url}/annex", "/requests/new"):
        page = client.get(f"{address}?lang={language}")
        assert page.status_code == 200
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page.text


def test_the_office_is_named_in_french_where_it_is_told(client_of):
    accounts.organisation("UNODC", name="United Nations Office on Drugs and Crime")
    case = make.awaiting_authorisation()
    accounts.person("triage_officer")
    page = client_of(case.people.authority).get(f"{case.url}/authorise?lang=fr").text
    assert "Office des Nations Unies contre la drogue et le crime" in page
    assert "Office on Drugs" not in page


def test_the_office_has_one_name_on_a_page_in_french(client_of):
    case = make.in_clarification()
    page = client_of(case.people.drafter).get(f"{case.url}?lang=fr").text
    assert "ONUDC, " in page
    assert "UNODC" not in page


def test_empty_pages_say_what_to_do(client_of):
    make.reference_data()
    client = client_of(make.People().drafter)
    assert "Begin the first one" in client.get("/requests").text
    assert "Nothing waits for you at present." in client.get("/desk").text
    assert "No request fits these filters" in client.get("/requests?q=nothing").text


def test_the_list_is_filtered_by_the_address_and_goes_on(client_of):
    people = make.People()
    make.submitted(people, title="Sent one")
    for number in range(21):
        make.draft(people, title=f"Draft {number}")
    client = client_of(people.drafter)
    assert "Sent one" not in client.get("/requests?status=preparing").text
    assert "Draft 3<" not in client.get("/requests?status=open&kind=technical").text
    assert "Sent one" in client.get("/requests?q=sent").text
    first = client.get("/requests").text
    assert "Draft 20" in first
    assert "Draft 0<" not in first
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(onward.replace("&amp;", "&")).text
    assert "Draft 0<" in second
    assert 'rel="prev"' in second
    for address in ("/requests?after=nonsense", "/requests?before=%00", "/requests?status=x&kind=y"):
        assert client.get(address).status_code == 200
