"""What the State reads of its delegation's history: who was nominated, changed, moved and taken off, by whom."""

from dataclasses import replace

import sqlalchemy as sa

from tests.factories.participation import person, standing
from tests.participation.test_delegation import nominate
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.extensions import db
from tracker.participation import services
from tracker.participation.models import Delegate


def history(client, case) -> str:
    sign_in(client, case.people.drafter)
    return client.get(case.url).get_data(as_text=True)


def keep(case, *people, actor=None):
    services.save_delegation(case.public_id, actor=actor or case.drafter, version=None, people=people)


def test_names_who_was_nominated_in_one_line_for_one_sitting(client, case):
    nominate(case)
    nominate(case, name="Serge Koffi")
    page = history(client, case)
    assert page.count("Nominated: ") == 1
    assert "Nominated: Awa Konan and Serge Koffi" in page


def test_names_who_was_changed_moved_and_removed(client, case):
    nominate(case)
    nominate(case, name="Serge Koffi")
    awa, serge = standing(case.now.id)
    keep(case, serge, awa)
    keep(case, replace(serge, nomination=person("Serge Koffi", office="Court")), awa)
    keep(case, awa, actor=case.authority)
    page = history(client, case)
    for line in (
        "Moved up in the order of priority: Serge Koffi",
        "Nomination changed: Serge Koffi",
        "No longer nominated: Serge Koffi",
    ):
        assert line in page
    assert page.index("No longer nominated") < page.index("Nomination changed") < page.index("Nominated: ")


def test_keeps_nothing_but_the_name_of_somebody_removed(case):
    delegate = nominate(case)
    keep(case)
    row = db.session.scalars(sa.select(Delegate).where(Delegate.public_id == delegate)).one()
    assert row.name == "Awa Konan"
    assert (row.function, row.office, row.email, row.nationality_iso3, row.departure_airport) == ("", "", "", None, "")


def test_somebody_removed_is_on_no_list(client, case):
    nominate(case)
    keep(case)
    sign_in(client, case.people.drafter)
    assert 'value="Konan"' not in client.get(f"{case.url}/delegates").text


def test_costs_no_more_statements_than_a_page_may(client, case):
    nominate(case)
    nominate(case, name="Serge Koffi")
    history(client, case)
    with statements() as seen:
        client.get(case.url)
    assert len(seen) <= 9


def test_the_desk_shows_what_moves_a_request_on(client, case):
    nominate(case)
    sign_in(client, case.people.drafter)
    page = client.get("/desk").get_data(as_text=True)
    assert "Draft begun" in page
    assert "Nominated" not in page


def test_somebody_new_speaks_the_requests_language_and_is_of_the_own_state(client, case):
    sign_in(client, case.people.drafter)
    page = client.get(f"{case.url}/delegates").text
    assert '<option selected value="en">' in page
    assert 'value="Kenya"' in page
    assert 'value="NBO"' in page
