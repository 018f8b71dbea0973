"""The pages that end a seat: the office ends one or all of a cancelled session, the State gives one up."""

from tests.factories import offers as make
from tests.participation.offers.test_pages import press
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.accounts import waiting_work
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.ending import services
from tracker.participation.seats.lifecycle import Cause
from tracker.reference.models import Session


def test_the_office_ends_a_seat_and_the_state_reads_why(app):
    scene = make.ready("KEN", "BTN")
    make.offered(scene)
    office = sign_in(app.test_client(), scene.travel)
    listed, address = f"/sessions/{scene.code}/offers", f"/seats/{scene.seats['KEN']}/end"
    assert address in office.get(listed).text
    page = words_of(office.get(address))
    assert "USD 20 that are held for this seat go back" in page
    assert "the State cannot answer it any more" in page
    assert "Who bears what was paid" not in page  # the manager's alone
    refused = press(office, address, cause="other", reason="The ministry was reorganised.")
    assert "leave this seat to a manager" in words_of(refused)
    assert press(office, address, cause="visa_refused", reason="The consulate refused it.").status_code == 302
    page = office.get(listed)
    assert address not in page.text
    assert "The visa was refused, or did not come in time The consulate refused it." in words_of(page)
    kenya = sign_in(app.test_client(), scene.cases["KEN"].people.authority)
    own = words_of(kenya.get(scene.cases["KEN"].url))
    assert "The visa was refused, or did not come in time" in own
    assert "The consulate refused it." in own
    offer = words_of(kenya.get(f"/offers/{make.offer_of(scene.seats['KEN'])}"))
    assert "This seat has ended: it is offered no more." in offer
    assert "The consulate refused it." in offer
    assert office.get(address).status_code == 403


def test_the_state_gives_a_seat_up_and_the_manager_says_who_bears(app):
    scene = make.ready("KEN")
    offer = f"/offers/{make.confirmed(scene)['KEN']}"
    make.paid(scene, scene.seats["KEN"], 12_00)
    authority = sign_in(app.test_client(), scene.cases["KEN"].people.authority)
    drafter = sign_in(app.test_client(), scene.cases["KEN"].people.drafter)
    assert f"{offer}/give-up" in authority.get(offer).text
    assert f"{offer}/give-up" not in drafter.get(offer).text
    assert "USD 12 were paid and did not come back" in words_of(authority.get(f"{offer}/give-up"))
    assert "Enter the reason." in words_of(press(authority, f"{offer}/give-up", cause="illness"))
    assert press(authority, f"{offer}/give-up", cause="other", reason="A new minister.").status_code == 302
    assert "still to be said by the programme manager" in words_of(authority.get(scene.cases["KEN"].url))
    manager, office = (sign_in(app.test_client(), one) for one in (scene.donors.manager, scene.travel))
    listed, address = f"/sessions/{scene.code}/offers", f"/seats/{scene.seats['KEN']}/who-bears"
    assert address in manager.get(listed).text
    assert address not in office.get(listed).text
    assert "A new minister." in words_of(manager.get(address))
    press(manager, address, borne_by="state", reason="The State changed its mind.")
    assert "What was paid is borne by the State." in words_of(office.get(listed))
    assert address not in manager.get(listed).text


def test_a_missed_journey_is_noted(app):
    scene = make.ready("KEN")
    make.confirmed(scene)
    make.ticketed(scene.seats["KEN"])
    office = sign_in(app.test_client(), scene.travel)
    listed, address = f"/sessions/{scene.code}/offers", f"/seats/{scene.seats['KEN']}/missed"
    assert address not in office.get(listed).text  # it is still to come
    ends = f"/seats/{scene.seats['KEN']}/end"
    assert "is recorded first" in words_of(office.get(ends))
    make.begun(scene.seats["KEN"])
    assert address in office.get(listed).text
    assert ends not in office.get(listed).text
    assert "What is held stays until the seat is settled" in words_of(office.get(address))
    press(office, address, cause="no_reason", reason="Nobody came to the airport.")
    assert "Did not travel The State gave no reason" in words_of(office.get(listed))


def test_a_cancelled_session_gives_all_its_seats_back(app):
    scene = make.ready("KEN", "BTN")
    make.offered(scene)
    manager, address = sign_in(app.test_client(), scene.donors.manager), f"/sessions/{scene.code}/offers/end"
    listed = f"/sessions/{scene.code}/offers"
    assert address not in manager.get(listed).text
    assert manager.get(address).status_code == 403
    with transaction():
        update_where(Session, Session.code == scene.code, status="cancelled")
    assert address in manager.get(listed).text
    assert "End 2 seats?" in words_of(manager.get(address))
    press(manager, address, reason="The bureau cancelled it.")
    assert words_of(manager.get(listed)).count("The session was moved or cancelled") == 2
    assert "No seat of this session is left to be ended." in words_of(manager.get(address))


def test_a_seat_whose_cost_nobody_bears_yet_waits_for_the_manager(app):
    scene = make.ready("KEN", "BTN")
    found = make.confirmed(scene)
    make.paid(scene, scene.seats["KEN"], 12_00)
    (work,) = [one for one in waiting_work.for_roles() if one.name == "say_who_bears"]
    for state, offer in found.items():
        why = services.Why(Cause.OTHER, "A new minister.")
        services.give_up_seat(offer, actor=scene.cases[state].authority, version=2, why=why)
    assert [row.number for row in db.session.execute(work.rows())] == [1]
