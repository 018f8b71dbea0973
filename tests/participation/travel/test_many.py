"""One thing recorded for many journeys at once: each as by hand, with its own event; all of them or none."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from tests.factories import travel
from tests.participation.travel.test_pages import days
from tests.participation.travel.test_papers import made
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.web.test_session_gone import hidden
from tracker.calendar.now import today
from tracker.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.participation.travel.many import services
from tracker.participation.travel.many.services import MOST_AT_ONCE, Row
from tracker.participation.travel.services import Quotation, record_quotation

DAY = timedelta(days=1)


@pytest.fixture
def scene(app):
    return travel.confirmed("KEN", "BTN", costs=(20_00, 5_00))


def rows(scene, *states: str, version: int = 0) -> list[Row]:
    return [Row(place, scene.seats[state], version) for place, state in enumerate(states)]


def quoted(fare: int = 18_00, until: Any = None) -> Quotation:
    return Quotation(fare, until or today() + 5 * DAY, "Agency", None)


def ticked(scene, what: str, *states: str) -> str:
    query = "&".join(f"s={scene.seats[state]}" for state in states)
    return f"/sessions/{scene.code}/travel/many/{what}?{query}"


def send(client, address: str, **typed: Any) -> Any:
    """Open the page and send its form with all that stands in it."""
    from lxml import html

    page = html.fromstring(client.get(address).text)
    stands = {one.name: one.value for one in page.xpath("//main//input[@name][not(@type='radio')]")}
    return client.post(address, data={**stands, **hidden(client.get(address).text), **typed})


def test_each_is_recorded_with_its_own_event_and_once_under_one_key(scene):
    said = [(row, quoted(18_00 + row.place)) for row in rows(scene, "KEN", "BTN")]
    for _twice in range(2):
        assert services.record_quotations(scene.code, said, actor=scene.officer, key="one press") == 2
    assert made("participation.quotation_recorded") == ["participation.quotation_recorded"] * 2
    assert [travel.record_of(scene.seats[state]).quoted_minor for state in ("KEN", "BTN")] == [18_00, 18_01]
    tickets = [(row, travel.a_ticket(20_00, number=f"220-{row.place}")) for row in rows(scene, "KEN", "BTN", version=1)]
    assert services.record_tickets(scene.code, tickets, actor=scene.officer) == 2
    assert made("participation.ticket_recorded") == ["participation.ticket_recorded"] * 2


def test_every_refusal_stands_at_its_row_and_nothing_is_recorded(scene):
    record_quotation(scene.seats["BTN"], actor=scene.officer, version=None, quotation=quoted())
    before = made("participation.quotation_recorded")
    said = [(row, quoted(-1 if row.place == 0 else 19_00)) for row in rows(scene, "KEN", "BTN")]
    with pytest.raises(Invalid) as refused:
        services.record_quotations(scene.code, said, actor=scene.officer)
    assert sorted(refused.value.fields) == ["0.fare", "1."]
    assert "Somebody changed this" in str(refused.value.fields["1."])
    db.session.rollback()
    same = [(Row(at, scene.seats[state], at), travel.a_ticket(20_00)) for at, state in enumerate(("KEN", "BTN"))]
    with pytest.raises(Invalid) as refused:
        services.record_tickets(scene.code, same, actor=scene.officer)
    assert list(refused.value.fields) == ["1.number"]
    db.session.rollback()
    assert made("participation.ticket_recorded") == []
    assert made("participation.quotation_recorded") == before
    assert travel.record_of(scene.seats["KEN"]) is None


def test_how_many_and_whose(scene):
    with pytest.raises(Invalid, match="No seat is ticked"):
        services.record_as_planned(scene.code, [], actor=scene.officer, shown_by="attendance")
    db.session.rollback()
    many = [(Row(place, scene.seats["KEN"], 0), quoted()) for place in range(MOST_AT_ONCE + 1)]
    with pytest.raises(Invalid, match="at most at once"):
        services.record_quotations(scene.code, many, actor=scene.officer)
    db.session.rollback()
    with pytest.raises(NotFound):
        services.record_invitations_made("AHC-OTHER", rows(scene, "KEN"), actor=scene.officer)
    db.session.rollback()
    with pytest.raises(Invalid) as refused:
        services.record_invitations_made(scene.code, rows(scene, "KEN"), actor=scene.donors.finance.actor)
    assert "travel officer" in str(refused.value.fields["0."])


def test_quotations_and_tickets_on_their_pages(app, scene):
    officer = sign_in(app.test_client(), scene.travel)
    assert "/travel/many/quotations" in officer.get(f"/sessions/{scene.code}/travel").text
    address = ticked(scene, "quotations", "KEN", "BTN")
    assert 'value="20"' in officer.get(address).text.replace("20.00", "20")
    until = days(until=today() + 3 * DAY)
    back = send(officer, address, source="Agency", **until, **{"seats-1-fare": "much"})
    assert back.status_code == 422
    assert "Nothing was recorded" in words_of(back)
    assert 'value="much"' in back.text
    assert made("participation.quotation_recorded") == []
    assert send(officer, address, source="Agency", **until, **{"seats-1-fare": "19"}).status_code == 302
    assert len(made("participation.quotation_recorded")) == 2
    tickets = ticked(scene, "tickets", "KEN", "BTN")
    said = {"agency": "Agency", **days(issued_on=today()), "seats-0-number": "220-1", "seats-1-number": ""}
    assert "Enter the number of the ticket." in words_of(send(officer, tickets, **said))
    assert made("participation.ticket_recorded") == []
    # The row that is not ticked is left out, whatever stands in it.
    page = officer.get(tickets).text
    from lxml import html

    stands = {one.name: one.value for one in html.fromstring(page).xpath("//main//input[@name]")}
    del stands["seats-1-take"]
    stands |= {"seats-1-out_on-day": "31", "seats-1-out_on-month": "2", "seats-1-out_on-year": "2027"}
    assert officer.post(tickets, data={**stands, **hidden(page), **said}).status_code == 302
    assert made("participation.ticket_recorded") == ["participation.ticket_recorded"]
    left = words_of(officer.get(ticked(scene, "days", "KEN", "BTN")))
    assert "Left out" in left
    assert "Awa KEN: The journey is not that far, or further" in left
    assert sign_in(app.test_client(), scene.donors.finance).get(tickets).status_code == 403


def test_who_attended_travelled_as_planned_and_letters_come_in_one_file(app, scene):
    import sqlalchemy as sa

    from tracker.database.transactions import transaction
    from tracker.participation.models import Delegate

    officer = sign_in(app.test_client(), scene.travel)
    letters = send(officer, ticked(scene, "invitations", "KEN", "BTN"), language="fr")
    assert letters.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(letters.data)) as archive:
        assert len(archive.namelist()) == 2
        assert all(archive.read(name).startswith(b"%PDF") for name in archive.namelist())
    assert made("participation.invitation_made") == ["participation.invitation_made"] * 2
    travel.ticketed(scene)
    address = ticked(scene, "days", "KEN", "BTN")
    with transaction():
        db.session.execute(sa.update(Delegate).values(arrives_on=None))
    refused = send(officer, address, shown_by="attendance")
    assert words_of(refused).count("The planned days are not known") >= 2
    with transaction():
        db.session.execute(sa.update(Delegate).values(arrives_on=today() - 3 * DAY, leaves_on=today()))
    assert send(officer, address, shown_by="attendance").status_code == 302
    found = travel.record_of(scene.seats["BTN"])
    assert (found.first_day, found.last_day, found.provided) == (today() - 3 * DAY, today(), {})
    assert made("participation.travel_recorded") == ["participation.travel_recorded"] * 2
