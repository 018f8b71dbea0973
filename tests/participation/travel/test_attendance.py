"""The list of participants: looked at first, matched by address or name, never chosen between two, undone whole."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories import seats, travel
from tests.imports.test_pages import public_id, send, work
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.events import Event
from tracker.events.models import EventLink
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.travel import services
from tracker.participation.travel.services import Payee
from tracker.pledges import services as money

DAY = timedelta(days=1)
FIRST, LAST = today() - 5 * DAY, today() - DAY
HEAD = "E-mail address,Last name,First name,Country,Present from,Present until,Badge"
WHAT = "attendance"


def table(*rows: str, head: str = HEAD) -> bytes:
    return "\n".join((head, *rows)).encode()


def person(state: str, **facts) -> None:
    with transaction():
        update_where(Delegate, Delegate.name == f"Awa {state}", **facts)


@pytest.fixture
def scene(app):
    scene = travel.confirmed("KEN", "BTN", "NPL")
    travel.ticketed(scene)
    travel.over()
    for state in scene.seats:
        person(state, email=f"awa@{state.lower()}.example", arrives_on=FIRST, leaves_on=LAST)
    return scene


@pytest.fixture
def officer(app, scene):
    return sign_in(app.test_client(), scene.travel)


def seen(client, *rows: str, head: str = HEAD) -> str:
    """What the page says of the rows before they are imported."""
    _preview, page = look_at(client, table(*rows, head=head))
    return " ".join(page.split())


def look_at(client, data: bytes) -> tuple[str, str]:
    preview = public_id(send(client, "list.csv", what=WHAT, data=data, session=make.CODE))
    work()
    return preview, words_of(client.get(f"/imports/{preview}"))


def take(client, *rows: str) -> str:
    preview, _page = look_at(client, table(*rows))
    carried_out = public_id(client.post(f"/imports/{preview}/carry-out"))
    work()
    return carried_out


def row(email="", family="", given="", state="", first=FIRST, last=LAST) -> str:
    return f"{email},{family},{given},{state},{first},{last},7"


def test_days_that_are_none_of_the_session_are_not_taken(scene, officer):
    said = seen(officer, row("AWA@ken.example", first=FIRST - 300 * DAY, last=LAST - 300 * DAY))
    assert "are not days of this session; is the list of another one?" in said
    assert "Nothing will be taken over" in said or "rows will be taken over" not in said


def test_from_the_file_to_the_days_and_the_list_of_who_was_not_in_it_and_back(scene, officer):
    rows = (row("AWA@ken.example"), row("", "BTN", "Àwa", "Bhutan"), row("x@y.example", "Doe", "John", "KEN"))
    said = seen(officer, *rows)
    assert "2 rows will be taken over" in said
    assert "Awa NPL (NPL) has a ticket and is not in the file." in said
    assert "Nobody in a seat of this session has this address or name: John Doe." in said
    assert make.stands(scene.seats["KEN"])[0] == "ticketed", "a look changes nothing"
    carried_out = take(officer, *rows)
    for state in ("KEN", "BTN"):
        record = travel.record_of(scene.seats[state])
        assert (record.shown_by, record.first_day, record.last_day) == ("attendance", FIRST, LAST)
        assert make.stands(scene.seats[state])[:2] == ("travelled", "travelled")
    assert make.stands(scene.seats["NPL"])[0] == "ticketed", "who is not in the file is no no-show by that"
    listed = words_of(officer.get(f"/sessions/{make.CODE}/travel/attendance"))
    assert "Awa NPL" in listed
    assert "Awa KEN" not in listed
    told = db.session.scalars(sa.select(Event.subject_id).where(Event.name == "participation.travel_recorded"))
    assert set(told) == {scene.cases[state].now.id for state in ("KEN", "BTN")}, "as of days recorded by hand"
    (event,) = db.session.scalars(sa.select(Event).where(Event.name == "participation.attendance_imported"))
    assert (event.data["rows"], event.data["imported"]) == (3, 2)
    links = sa.select(EventLink.subject_id).where(EventLink.event_id == event.id)
    assert set(db.session.scalars(links)) == {scene.cases[state].now.id for state in ("KEN", "BTN")}
    db.session.rollback()
    take(officer, *rows)
    assert "was there already, unchanged: 2" in words_of(officer.get("/imports/")).replace(" ", " ")
    officer.post(f"/imports/{carried_out}/undo")
    work()
    assert make.stands(scene.seats["KEN"])[:2] == ("ticketed", "ticketed")
    assert travel.record_of(scene.seats["KEN"]).first_day is None
    assert "Nothing of this file is open" not in words_of(officer.get(f"/sessions/{make.CODE}/travel/attendance"))
    told = db.session.scalars(sa.select(Event.subject_id).where(Event.name == "participation.attendance_undone"))
    assert set(told) == {scene.cases[state].now.id for state in ("KEN", "BTN")}


def test_days_on_which_a_payment_rests_are_not_taken_back(scene, officer):
    carried_out = take(officer, row("awa@ken.example"), row("awa@btn.example"))
    allocation = travel.allocation_of(scene.seats["KEN"])
    payment = seats.payment(allocation, 10_00, part="advance")
    money.disburse(allocation, actor=scene.donors.finance.actor, payment=payment)
    officer.post(f"/imports/{carried_out}/undo")
    work()
    assert [make.stands(scene.seats[state])[0] for state in ("KEN", "BTN")] == ["travelled", "ticketed"]


def test_what_somebody_recorded_stays_and_is_shown_beside_the_file(scene, officer):
    by = {"actor": scene.officer, "version": None}
    services.record_travelled(scene.seats["KEN"], spent=travel.spent(last_day=LAST - DAY), **by)
    said = seen(officer, row("awa@ken.example"))
    assert f"recorded is {FIRST} to {LAST - DAY}, the file shows {FIRST} to {LAST}. What stands stays." in said
    carried_out = take(officer, row("awa@ken.example"), row("awa@npl.example"), row("awa@btn.example"))
    assert travel.record_of(scene.seats["KEN"]).last_day == LAST - DAY
    finance = {"actor": scene.donors.finance.actor, "version": None}
    services.record_payee(scene.seats["NPL"], payee=Payee("401200"), **finance)
    officer.post(f"/imports/{carried_out}/undo")
    work()
    assert [make.stands(scene.seats[state])[0] for state in ("KEN", "NPL", "BTN")] == [
        "travelled", "travelled", "ticketed",
    ]  # fmt: skip


UNCLEAR = {
    "shared address": (row("awa@ken.example", "Doe", "John", "KEN"), "John Doe could be: Awa KEN (KEN)."),
    "another State": (row("awa@ken.example", "KEN", "Awa", "Nepal"), "Awa KEN could be: Awa KEN (KEN)."),
    "name of one, address of another": (
        row("awa@ken.example", "NPL", "Awa", "NPL"),
        "Awa NPL could be: Awa KEN (KEN); Awa NPL (NPL).",
    ),
    "a name more": (row("", "KEN Otieno", "Awa", "KEN"), "Awa KEN Otieno could be: Awa KEN (KEN)."),
}


@pytest.mark.parametrize("which", UNCLEAR)
def test_where_it_is_not_clear_who_is_meant_nobody_is_chosen(scene, officer, which):
    unclear, sentence = UNCLEAR[which]
    said = seen(officer, unclear)
    assert sentence in said
    assert "There is nothing new in this file." in said
    assert "Awa KEN (KEN) has a ticket and is not in the file" not in said, "who could be meant is not missed"


FAULTS = {
    "nobody": (row(state="KEN"), "The row has neither an address nor a name."),
    "one day": (row("awa@ken.example", last=""), "The row has only one of both days."),
    "order": (row("awa@ken.example", first=LAST, last=FIRST), "The last day is before the first."),
    "day": (row("awa@ken.example", first="soon"), "“soon” is no date"),
    "no day": (row("awa@ken.example", first="", last=""), "the file shows no day: they count as not in the file"),
    "cells": (row("awa@ken.example") + ",more", "The row has text beside the named columns: more."),
}


@pytest.mark.parametrize("which", FAULTS)
def test_each_fault_is_said_with_its_row(scene, officer, which):
    wrong, sentence = FAULTS[which]
    said = seen(officer, wrong, row("awa@npl.example"))
    assert sentence in said
    assert "1 row will be taken over" in said


def test_a_person_stands_twice(scene, officer):
    other = row("awa@ken.example", last=LAST - DAY)
    said = seen(officer, row("awa@ken.example"), row("awa@ken.example"), other)
    assert "The same person stands at 2." in said
    assert "Awa KEN (KEN) stands at 2 with other days; the first was taken." in said


def test_days_of_travel_are_kept_as_planned_around_the_days_that_registration_knows(scene, officer):
    person("KEN", arrives_on=FIRST - DAY, leaves_on=today())
    said = seen(officer, row("awa@ken.example"))
    assert f"kept is {FIRST - DAY} to {today()}, with the planned days of travel" in said
    take(officer, row("awa@ken.example"))
    assert travel.record_of(scene.seats["KEN"]).first_day == FIRST - DAY
    person("NPL", arrives_on=FIRST - DAY, leaves_on=today() + DAY)
    assert "import the list once that day has come" in seen(officer, row("awa@npl.example"))
    late = f"awa@npl.example,{FIRST + DAY};{FIRST + 3 * DAY}"
    said = seen(officer, late, head="courriel,days")
    assert "1 row will be taken over" in said, "who came late and left early spent only the days between there"
    assert "does not show 1 of the days between" in said
    by_day = seen(officer, "awa@npl.example,x,,yes", head=f"email,{FIRST + DAY},{LAST - DAY},{FIRST + 2 * DAY}")
    assert "1 row will be taken over" in by_day


def test_seats_that_stand_elsewhere_are_not_moved(scene, officer):
    from tests.factories.settling import move

    move(scene.seats["KEN"], "miss")
    move(scene.seats["BTN"], "cancel")
    said = seen(officer, row("awa@ken.example"), row("awa@btn.example"))
    assert said.count("and stands here as somebody who did not travel.") == 2
    assert "There is nothing new in this file." in said


def test_files_that_cannot_be_such_a_list_are_refused(app, scene, officer):
    assert "Choose the session that the file is about." in words_of(send(officer, "x.csv", what=WHAT, data=table()))
    assert send(sign_in(app.test_client(), scene.donors.finance), "x.csv", what=WHAT, data=table()).status_code == 422
    for head, sentence in (
        ("State,Days", "The file needs a column with addresses (email) or names"),
        ("Email,State", "The file needs columns that show the days"),
        ("Email,Courriel,Days", "Two columns hold the same: email and courriel."),
    ):
        job = public_id(send(officer, "x.csv", what=WHAT, data=table("a,b,c", head=head), session=make.CODE))
        work()
        assert sentence in words_of(officer.get(f"/jobs/{job}"))


def test_what_is_strictly_confidential_is_not_said_to_the_travel_officer(scene, officer):
    from tracker.assistance.models import AssistanceRequest

    with transaction():
        update_where(
            AssistanceRequest, AssistanceRequest.id == scene.cases["KEN"].now.id, marking="strictly_confidential"
        )
    said = seen(officer, row("awa@ken.example"))
    assert "Awa KEN" not in said
    assert "Nobody in a seat of this session has this address or name: awa@ken.example." in said
