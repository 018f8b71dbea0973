"""A delegate is reminded of missing papers: by the State or the desk, once a day, with the link and nothing else."""

import pytest
import sqlalchemy as sa

from tests.factories import papers as handed
from tests.factories import travel
from tests.participation.delegate_page.opening import press
from tests.participation.delegate_page.test_door import letters
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.calendar import now as clock
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.errors import Forbidden, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import services as notifications
from tracker.notifications.models import Delivery
from tracker.participation.delegate_page import services as page
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.models import Delegate
from tracker.participation.reminding import services
from tracker.participation.seats.models import Seat


@pytest.fixture
def scene(app):
    made = travel.confirmed("KEN", "BTN")
    with transaction():
        update_where(Delegate, sa.true(), email="awa@mail.example")
    return made


def reminded():
    number = db.session.scalar(
        sa.select(sa.func.count()).select_from(Event).where(Event.name.startswith("participation.papers_reminded"))
    )
    db.session.rollback()
    return number


def test_the_state_reminds_its_own_once_a_day_and_reads_by_whom(app, scene):
    seat, case = scene.seats["KEN"], scene.cases["KEN"]
    state = sign_in(app.test_client(), case.people.authority)
    page = state.get(f"/requests/{case.public_id}").text
    assert f"/seats/{seat}/remind" in page
    assert "awa@mail.example" in words_of(state.get(f"/seats/{seat}/remind"))
    assert press(state, f"/seats/{seat}/remind").location == f"/requests/{case.public_id}"
    said = words_of(state.get(f"/requests/{case.public_id}"))
    assert f"by {case.people.authority.name}" in said
    assert "Reminded of missing papers by the State: Awa KEN" in said
    office = sign_in(app.test_client(), scene.donors.manager)
    assert "Reminded of missing papers by the State: Awa KEN" in words_of(
        office.get(f"/triage/requests/{case.public_id}")
    )
    assert f"/seats/{seat}/remind" not in state.get(f"/requests/{case.public_id}").text
    for actor in (case.authority, scene.travel.actor):
        with pytest.raises(Forbidden, match="reminded today"):
            services.remind(seat, actor=actor)
    with pytest.raises(NotFound):
        services.remind(scene.seats["BTN"], actor=case.authority)
    (body,) = [body for body in letters() if "complete your papers" in body]
    assert "/journey/" in body
    for fact in ("Awa", "KEN", "AHC", "assport", case.now.reference):
        assert fact not in body.partition("You get this")[0]
    with clock.shifted(now() + travel.DAY):
        services.remind(seat, actor=case.authority)
    assert reminded() == 2


def test_nothing_missing_no_link_no_address_and_no_looking_after_are_refused(scene):
    kenya, bhutan = scene.seats["KEN"], scene.seats["BTN"]
    with pytest.raises(Forbidden, match="Only a travel officer"):
        services.remind(kenya, actor=scene.manager)
    handed.all_handed_in(kenya, scene.travel)
    with pytest.raises(Forbidden, match="No paper"):
        services.remind(kenya, actor=scene.travel.actor)
    with transaction():
        update_where(Delegate, sa.true(), email="")
    with pytest.raises(Forbidden, match="address"):
        services.remind(bhutan, actor=scene.travel.actor)
    with transaction():
        update_where(DelegateLink, sa.true(), ended_at=now())
    with pytest.raises(Forbidden, match="no link that opens their page"):
        services.remind(bhutan, actor=scene.travel.actor)
    assert reminded() == 0


def test_the_desk_reminds_all_of_a_session_and_reads_why_others_were_not(app, scene):
    officer = sign_in(app.test_client(), scene.travel)
    services.remind(scene.seats["KEN"], actor=scene.cases["KEN"].authority)
    address = f"/sessions/{scene.code}/travel/remind"
    said = words_of(officer.get(address))
    assert "Remind 1 person" in said
    assert "This person was reminded today." in said
    both = [str(seat) for seat in scene.seats.values()]
    assert press(officer, address, s=both).location == address
    said = words_of(officer.get(address))
    assert "1 person was reminded." in said
    assert "Nobody can be reminded now." in said
    assert reminded() == 2
    assert "Reminded on" in words_of(officer.get(f"/seats/{scene.seats['BTN']}/travel"))


def test_a_letter_that_came_back_is_said_to_state_and_desk_and_nobody_is_reminded_by_it(app, scene):
    seat, case = scene.seats["KEN"], scene.cases["KEN"]
    notifications.dispatch()
    with transaction():
        mine = sa.select(DelegateLink.id).join(Seat, Seat.id == DelegateLink.seat_id).where(Seat.public_id == seat)
        key = f"delegate:{db.session.scalars(mine).one()}"
        bounced = {"status": "bounced", "last_error": "550 awa@mail.example unknown"}
        update_where(Delivery, Delivery.recipient_key == key, **bounced)
    why = "The last letter to this person could not be delivered: the travel officer corrects the address."
    state = words_of(sign_in(app.test_client(), case.people.authority).get(f"/requests/{case.public_id}"))
    desk = words_of(sign_in(app.test_client(), scene.travel).get(f"/sessions/{scene.code}/travel/remind"))
    for said in (state, desk):
        assert said.count(why) == 1
        assert "550" not in said
    for actor in (case.authority, scene.travel.actor):
        with pytest.raises(Forbidden, match="could not be delivered"):
            services.remind(seat, actor=actor)
    assert services.remind_all(scene.code, list(scene.seats.values()), actor=scene.travel.actor) == 1
    page.renew_link(seat, actor=scene.travel.actor, email="awa@other.example")
    services.remind(seat, actor=case.authority)


def test_a_link_whose_key_is_gone_leads_nowhere_and_does_not_count(scene):
    with transaction():
        update_where(DelegateLink, sa.true(), key_id="gone")
    with pytest.raises(Forbidden, match="no link that opens their page"):
        services.remind(scene.seats["KEN"], actor=scene.travel.actor)
