"""What the State reads of its delegation's history: who was nominated, changed, moved and taken off, by whom."""

import sqlalchemy as sa

from tests.participation.test_delegation import nominate
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.extensions import db
from tracker.participation import services
from tracker.participation.models import Delegate
from tracker.participation.services import Nomination


def history(client, case) -> str:
    sign_in(client, case.people.drafter)
    return client.get(case.url).get_data(as_text=True)


def test_names_who_was_nominated_in_one_line_for_one_sitting(client, case):
    nominate(case)
    nominate(case, name="Serge Koffi")
    page = history(client, case)
    assert page.count("Nominated: ") == 1
    assert "Nominated: Awa Konan and Serge Koffi" in page


def test_names_who_was_changed_moved_and_removed(client, case):
    nominate(case)
    second = nominate(case, name="Serge Koffi")
    services.move_up(second, actor=case.drafter, version=None)
    services.change(second, actor=case.drafter, version=1, nomination=Nomination(name="Serge Koffi", office="Court"))
    services.remove(second, actor=case.authority, version=None)
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
    services.remove(delegate, actor=case.drafter, version=None)
    row = db.session.scalars(sa.select(Delegate).where(Delegate.public_id == delegate)).one()
    assert row.name == "Awa Konan"
    assert (row.function, row.office, row.email, row.nationality_iso3, row.departure_airport) == ("", "", "", None, "")


def test_somebody_removed_is_on_no_list(client, case):
    delegate = nominate(case)
    services.remove(delegate, actor=case.drafter, version=None)
    sign_in(client, case.people.drafter)
    assert "Nobody is nominated yet." in client.get(f"{case.url}/delegates").get_data(as_text=True)
    assert client.get(f"/delegates/{delegate}").status_code == 404


def test_costs_no_more_statements_than_a_page_may(client, case):
    nominate(case)
    nominate(case, name="Serge Koffi")
    history(client, case)
    with statements() as seen:
        client.get(case.url)
    assert len(seen) <= 8


def test_the_desk_shows_what_moves_a_request_on(client, case):
    nominate(case)
    sign_in(client, case.people.drafter)
    page = client.get("/desk").get_data(as_text=True)
    assert "Draft begun" in page
    assert "Nominated" not in page


def test_somebody_new_speaks_the_requests_language_and_is_of_the_own_state(client, case):
    sign_in(client, case.people.drafter)
    page = client.get(f"{case.url}/delegates/new").get_data(as_text=True)
    assert '<option selected value="en">' in page
    assert '<option selected value="KEN">' in page
