"""A donor's report: the sessions that its money pays, its own seats and amounts, and what everybody reads."""

import csv
import io

import pytest
import sqlalchemy as sa

from tests.factories import accounts, settling
from tests.factories import pledges as money
from tests.reporting.scenes import CODE, hide, two_pledges
from tests.services.people import sign_in
from tracker.errors import NotFound
from tracker.extensions import db
from tracker.participation.seats.lifecycle import SeatStatus
from tracker.participation.seats.models import Seat
from tracker.reference import queries as reference
from tracker.reporting import queries
from tracker.reporting.figures import report

PAGE = f"/donor/reports/{CODE}"


@pytest.fixture
def scene(app):
    return settling.scene()


def read(who):
    db.session.rollback()
    return report(queries.facts_for_donor(reference.get_session(CODE), who.actor))


def test_reads_its_own_seats_and_amounts_and_nothing_of_others(scene):
    scene.seat("travelled", fare=700_00)
    scene.seat("no_show", of="NPL", fare=500_00)
    other = money.people("SIDA")
    two_pledges(scene, donors=other)
    own, theirs = read(scene.donors.officer), read(other.officer)
    assert [one.iso3 for one in own.states] == ["BTN", "KEN", "NPL"]
    assert (own.paid_minor, [one.iso3 for one in theirs.states]) == (1_200_00, ["BTN"])
    assert theirs.held_minor == 600_00, "the fare, not the allowance that another pays"
    assert (theirs.pledges[0].seats, [one.seats for one in own.pledges]) == (1, [2])


def test_a_seat_that_others_pay_in_part_is_in_no_average(scene):
    scene.seat("travelled", fare=700_00)
    two_pledges(scene, donors=money.people("SIDA"))
    seats = sa.select(Seat.public_id).where(Seat.status == SeatStatus.SELECTED)
    settling.move(db.session.scalars(seats).one(), "confirm", "ticket", "travel")
    assert sum(one.used for one in read(scene.donors.officer).states) == 2
    assert (read(scene.donors.officer).cost.seats, read(scene.donors.officer).cost.paid_minor) == (1, 700_00)


def test_of_what_is_strictly_confidential_not_even_the_session_is_told(scene):
    scene.seat("travelled", fare=700_00)
    hide(scene.cases["KEN"])
    with pytest.raises(NotFound):
        read(scene.donors.officer)
    db.session.rollback()
    assert queries.sessions_paid_by(scene.donors.officer.actor) == []


def test_a_session_that_its_money_does_not_pay_is_not_there(scene, client):
    scene.seat("travelled", fare=700_00)
    other = money.people("SIDA")
    sign_in(client, other.officer)
    assert client.get(PAGE).status_code == 404
    assert "Your money pays nothing of a session yet." in client.get("/donor/reports").text


def test_its_page_has_what_is_published_of_the_whole_session(scene, client):
    for of in ("KEN", "NPL", "BTN"):
        scene.seat("travelled", of=of, fare=700_00)
    other = money.people("SIDA")
    two_pledges(scene, of="TLS", donors=other)
    sign_in(client, other.officer)
    page = client.get(PAGE).text
    assert "Timor-Leste" in page
    assert "Kenya" not in page
    assert "Asked and given by regional group" in page
    assert f'href="{PAGE}"' in client.get("/donor/reports").text
    for form in ("pdf", "xlsx", "csv"):
        assert client.get(f"{PAGE}?as={form}").status_code == 200
    assert "Kenya" not in client.get(f"{PAGE}?as=csv").get_data(as_text=True)


def test_its_own_money_is_told_apart_from_what_is_published(scene, client):
    for of in ("KEN", "NPL", "BTN"):
        scene.seat("travelled", of=of, fare=700_00)
    sign_in(client, scene.donors.officer)
    text = client.get(f"{PAGE}?as=csv").get_data(as_text=True).lstrip("\ufeff")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert {"Cost of a seat", "Cost of a seat that your money pays"} <= {one["Table"] for one in lines}
    said = {one["Line"]: one["Value"] for one in lines}
    assert said["Filters"].startswith("What your own money pays, without strictly confidential requests")
    page = client.get(PAGE).text
    assert page.count('<ul class="bars') == 1, "its own costs alone are drawn"
    limit = "tells of fewer than three States, by itself or by subtraction"
    assert limit not in page
    public = client.get(f"/reports/{CODE}").text
    assert limit in public
    assert "Strictly confidential requests are left out" in public


def test_seats_that_were_given_back_are_not_counted_as_paid(scene):
    scene.seat("travelled", fare=700_00)
    scene.seat("cancelled", of="NPL", fare=300_00)
    db.session.rollback()
    (found,) = queries.sessions_paid_by(scene.donors.officer.actor)
    assert (found.seats, found.paid_minor) == (1, 1_000_00)


def test_the_office_has_no_such_page(scene, client):
    sign_in(client, accounts.person("auditor"))
    assert client.get(PAGE).status_code == 403
