"""The travel desk in a browser: what is missing, who may record it, and how few statements its list needs."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import travel
from tests.participation.offers.test_pages import press
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.calendar.now import today
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.participation.travel import queries, services
from tracker.participation.travel.services import Payee
from tracker.reference import queries as reference


def days(**named):
    return {
        f"{name}-{part}": str(getattr(day, part)) for name, day in named.items() for part in ("day", "month", "year")
    }


def test_from_the_confirmed_seat_to_the_days_really_spent(app):
    scene = travel.confirmed("KEN", "BTN", costs=(20_00, 5_00))
    officer, finance = sign_in(app.test_client(), scene.travel), sign_in(app.test_client(), scene.donors.finance)
    listed, kenya = f"/sessions/{scene.code}/travel", f"/seats/{scene.seats['KEN']}/travel"
    assert listed in officer.get("/travel").text
    assert officer.get("/start").location.endswith("/travel")
    assert listed in officer.get(f"/sessions/{scene.code}/board").text
    page = words_of(officer.get(listed))
    assert "Awa KEN" in page
    assert "Awa BTN" in page
    assert "Awa BTN" not in words_of(officer.get(f"{listed}?q=awa+ken"))
    assert "Nobody matches these filters." in words_of(officer.get(f"{listed}?show=ready"))
    soon = today() + timedelta(days=3)
    press(officer, f"{kenya}/papers", **days(papers_on=today(), visa_on=today()))
    press(officer, f"{kenya}/quotation", fare="26", source="Agency", **days(until=soon))
    page = officer.get(kenya)
    assert "The quotation is above what can be paid" in words_of(page)
    assert f"/acts/top-up/{travel.allocation_of(scene.seats['KEN'])}/fare" in page.text
    typed = {"number": "220-1", "agency": "Agency", "route": "NBO–VIE–NBO", **days(issued_on=today())}
    typed |= days(out_on=soon, back_on=soon)
    refused = press(officer, f"{kenya}/ticket", fare="26", **typed)
    assert "A top-up comes first" in words_of(refused)
    assert "/acts/top-up/" in refused.text
    assert press(officer, f"{kenya}/ticket", fare="20", **typed).status_code == 302
    assert officer.get(f"{kenya}/payee").status_code == 403
    press(finance, f"{kenya}/payee", how="transfer", number="401200")
    listed_now = words_of(officer.get(f"{listed}?q=220-1"))
    assert "Ticketed" in listed_now
    assert "401200" in listed_now
    yesterday = today() - timedelta(days=1)
    ticks = {"shown_by": "attendance", "provided": f"{yesterday.isoformat()}:lunch"}
    press(officer, f"{kenya}/days", **days(first_day=yesterday, last_day=today()), **ticks)
    assert "Travelled" in words_of(officer.get(f"{listed}?show=travelled"))
    assert finance.get(f"{kenya}/days").status_code == 403


def test_what_was_provided_is_ticked_by_day(app):
    scene = travel.confirmed("KEN")
    travel.ticketed(scene)
    first = today() - timedelta(days=2)
    with transaction():
        scene_days = sa.update(Delegate).values(arrives_on=first, leaves_on=today())
        db.session.execute(scene_days)
    officer, seat = sign_in(app.test_client(), scene.travel), scene.seats["KEN"]
    form = officer.get(f"/seats/{seat}/travel/days").text
    assert form.count('name="provided"') == 11  # no night follows the last day
    said = {"shown_by": "boarded", "provided": [f"{first.isoformat()}:lunch", "1999-01-01:lunch", f"{first}:cake"]}
    said |= days(first_day=first, last_day=today())
    press(officer, f"/seats/{seat}/travel/days", **said)
    assert travel.record_of(seat).provided == {first.isoformat(): ["lunch"]}
    assert "lunch provided" in words_of(officer.get(f"/seats/{seat}/travel"))


def test_an_empty_desk_says_when_a_seat_comes_to_it(app):
    from tests.factories import offers

    scene = offers.ready("KEN")
    officer = sign_in(app.test_client(), scene.travel)
    page = words_of(officer.get(f"/sessions/{scene.code}/travel"))
    assert "Nobody travels to this session yet." in page
    assert "1 seat is not confirmed yet." in page
    assert "Nobody is on the way to a session." in words_of(officer.get("/travel"))


def test_the_menu_counts_what_waits_at_the_desk(app):
    scene = travel.confirmed("KEN", "BTN", costs=(20_00, 5_00))
    officer, finance = sign_in(app.test_client(), scene.travel), sign_in(app.test_client(), scene.donors.finance)
    counted = 'href="/travel"'

    def figure(client):
        _before, _link, after = client.get("/account").text.partition(counted)
        return after.partition("</a>")[0]

    assert ">2<" in figure(officer)
    assert ">2<" in figure(finance)
    travel.ticketed(scene, "KEN")
    number = Payee("401200")
    services.record_payee(scene.seats["KEN"], actor=scene.donors.finance.actor, version=None, payee=number)
    assert ">1<" in figure(officer)
    assert ">1<" in figure(finance)


@pytest.mark.parametrize("more", [9, 99])
def test_the_list_needs_as_many_statements_for_ten_seats_as_for_a_hundred(app, more):
    scene = travel.confirmed("KEN")
    with transaction() as session:
        seat = session.scalars(sa.select(Seat)).one()
        for number in range(more):
            row = Delegate(
                request_id=seat.request_id, position=number + 10, name=f"Person {number}", status="confirmed"
            )
            session.add(row)
            session.flush()
            values = {"request_id": seat.request_id, "number": number + 2, "delegate_id": row.id}
            session.add(Seat(**values, status="confirmed", origin="round"))
    actor, meeting = scene.officer, reference.get_session(scene.code)
    with statements() as seen:
        assert len(queries.of_session(meeting, actor)) == more + 1
    assert len(seen) == 5
