"""Messages between delegate and office: who reads them, what waits for an answer, what mail says, and when texts go."""

import uuid
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import travel
from tests.factories.writing import wrote
from tests.participation.delegate_page.opening import aged, opened, press, token_of
from tests.participation.delegate_page.test_door import letters
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.accounts.models import Person
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications.models import Delivery
from tracker.participation.delegate_messages import queries, services
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.models import Delegate
from tracker.participation.papers import contents
from tracker.participation.seats.models import Seat
from tracker.rights.actor import Actor

ASKS, SAYS = "Is there a lift? canary one", "There is one.\nAt the back. canary two"


@pytest.fixture
def scene(app):
    made = travel.confirmed("KEN", "BTN")
    with transaction():
        update_where(Delegate, sa.true(), email="awa@mail.example")
    return made


def waiting(actor):
    found = [(row.name, row.number) for row in queries.waiting_for(actor)]
    db.session.rollback()
    return found


def seen(seat):
    found = queries.get(seat, Actor.system).newest_id
    db.session.rollback()
    return found


def test_both_write_and_read_in_order_and_mail_has_no_word_of_it(app, scene):
    seat, token = scene.seats["KEN"], token_of(scene)
    client, officer = opened(app, token), sign_in(app.test_client(), scene.travel)
    assert "Ask what this page does not say" in words_of(client.get(f"/journey/{token}?lang=en"))
    assert press(client, f"/journey/{token}/messages", body=ASKS).status_code == 302
    assert waiting(scene.travel.actor) == [("Awa KEN", 1)]
    for address in ("/travel/messages", f"/seats/{seat}/travel", f"/sessions/{scene.code}/travel"):
        assert "Awa KEN" in words_of(officer.get(address))
    assert "waits for an answer since" in words_of(officer.get(f"/seats/{seat}/travel"))
    assert "not answered" in words_of(officer.get(f"/sessions/{scene.code}/travel"))
    page = officer.get(f"/seats/{seat}/messages")
    assert ASKS in words_of(page)
    assert press(officer, f"/seats/{seat}/messages", body=SAYS, seen=str(seen(seat))).status_code == 302
    assert waiting(scene.travel.actor) == []
    said = words_of(client.get(f"/journey/{token}/messages"))
    assert said.index("canary one") < said.index("canary two")
    assert scene.travel.name in said
    bodies = letters()
    assert any("A message about your journey waits for you" in body for body in bodies)
    for body in bodies:
        assert "canary" not in body
    told = sa.select(Delivery.recipient_key).join(Event, Event.id == Delivery.event_id)
    keys = db.session.scalars(told.where(Event.name == "participation.delegate_wrote")).all()
    assert set(keys) == {f"person:{scene.travel.person_id}"}
    assert not db.session.scalar(sa.select(Event.id).where(sa.cast(Event.data, sa.Text).contains("canary")).limit(1))


def test_neither_the_state_nor_others_read_them_and_only_the_office_that_they_were_written(app, scene):
    seat, case = scene.seats["KEN"], scene.cases["KEN"]
    wrote(seat, ASKS)
    for someone, status in ((case.people.authority, 403), (scene.donors.finance, 403), (scene.donors.manager, 403)):
        assert sign_in(app.test_client(), someone).get(f"/seats/{seat}/messages").status_code == status
    office = sign_in(app.test_client(), scene.donors.manager).get(f"/triage/requests/{case.public_id}")
    state = sign_in(app.test_client(), case.people.authority).get(f"/requests/{case.public_id}")
    assert "A message came from Awa KEN" in words_of(office)
    assert "A message came" not in words_of(state)
    assert "canary" not in office.text + state.text
    with pytest.raises(Forbidden):
        services.write_to_delegate(seat, actor=scene.manager, text=SAYS, seen=None)
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == case.now.id, marking="strictly_confidential")
    assert (waiting(scene.travel.actor), waiting(scene.manager)) == ([], [("Awa KEN", 1)])
    with pytest.raises(NotFound):
        services.write_to_delegate(seat, actor=scene.travel.actor, text=SAYS, seen=None)
    assert "canary" in sign_in(app.test_client(), scene.donors.manager).get(f"/seats/{seat}/messages").text
    services.write_to_delegate(seat, actor=scene.manager, text=SAYS, seen=seen(seat))
    assert waiting(scene.manager) == []


def test_an_answer_answers_what_its_writer_saw_and_no_answer_gives_a_reason(app, scene):
    seat, token = scene.seats["KEN"], token_of(scene)
    officer = sign_in(app.test_client(), scene.travel)
    assert officer.get(f"/seats/{seat}/messages/no-answer").status_code == 403
    wrote(seat, ASKS)
    before = seen(seat)
    wrote(seat, "And a ramp?")
    services.write_to_delegate(seat, actor=scene.travel.actor, text=SAYS, seen=before)
    assert waiting(scene.travel.actor) == [("Awa KEN", 1)]
    with pytest.raises(Conflict):
        services.needs_no_answer(seat, actor=scene.travel.actor, reason="Said already.", seen=before)
    address = f"/seats/{seat}/messages/no-answer"
    assert press(officer, address, reason=" ", seen=str(seen(seat))).status_code == 422
    assert press(officer, address, reason="You were told by telephone.", seen=str(seen(seat))).status_code == 302
    assert waiting(scene.travel.actor) == []
    said = words_of(opened(app, token).get(f"/journey/{token}/messages?lang=en"))
    assert "Needs no answer:" in said
    assert "You were told by telephone." in said


def test_ten_an_hour_and_the_words_stay_in_the_form(app, scene):
    token = token_of(scene)
    client = opened(app, token)
    for number in range(10):
        wrote(scene.seats["KEN"], f"Message {number}")
    page = press(client, f"/journey/{token}/messages?lang=en", body="Number eleven")
    assert page.status_code == 422
    assert "Ten messages were sent within an hour" in words_of(page)
    assert "Number eleven</textarea>" in page.text
    wrote(scene.seats["BTN"], "Of another link.")
    own = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == scene.seats["KEN"])).one()
    by = contents.helper(own)
    services.write_to_office(scene.seats["KEN"], actor=Actor.anonymous, text="From the helper's link.", by=by)
    aged(DelegateMessage, "written_at", timedelta(hours=1, seconds=1))
    wrote(scene.seats["KEN"], "An hour later.")


def test_the_page_of_one_person_writes_for_nobody_else(app, scene):
    other = db.session.scalars(sa.select(Seat.delegate_id).where(Seat.public_id == scene.seats["BTN"])).one()
    by = contents.delegate(other)
    with pytest.raises(NotFound):
        services.write_to_office(scene.seats["KEN"], actor=Actor.anonymous, text=ASKS, by=by)
    assert app.test_client().get(f"/journey/{token_of(scene)}/messages").status_code == 302
    key = str(uuid.uuid4())
    for _press in range(2):
        mine = {"text": ASKS, "by": by, "actor": Actor.anonymous, "key": key}
        services.write_to_office(scene.seats["BTN"], **mine)
    assert waiting(scene.travel.actor) == [("Awa BTN", 1)]


def test_texts_go_ninety_days_after_the_end_and_rows_stay(app, scene):
    seat = scene.seats["KEN"]
    wrote(seat, ASKS)
    services.write_to_delegate(seat, actor=scene.travel.actor, text=SAYS, seen=seen(seat))
    wrote(scene.seats["BTN"], "Still travelling.")
    days = timedelta(days=91)
    with transaction():
        update_where(DelegateMessage, sa.true(), written_at=now() - days)
    assert services.erase_old_messages() == 0
    with transaction():
        ended_at = now() - timedelta(days=89)
        update_where(Seat, Seat.public_id == seat, status="settled", ended_at=ended_at)
    assert services.erase_old_messages() == 0
    with transaction():
        update_where(Seat, Seat.public_id == seat, ended_at=now() - days)
    assert services.erase_old_messages() == 1
    assert services.erase_old_messages() == 0
    left = db.session.execute(
        sa.select(DelegateMessage.body, Person.name, DelegateMessage.written_at.is_not(None))
        .outerjoin(Person, Person.id == DelegateMessage.written_by_id)
        .order_by(DelegateMessage.id)
    ).all()
    assert [tuple(row) for row in left] == [
        (None, None, True),
        (None, scene.travel.name, True),
        ("Still travelling.", None, True),
    ]


def stands(seat, status, days_ago, **more):
    with transaction():
        ended_at = now() - timedelta(days=days_ago) if status == "settled" else None
        update_where(Seat, Seat.public_id == seat, status=status, ended_at=ended_at, **more)


def test_whoever_wrote_waits_after_the_settlement_until_texts_go(app, scene):
    seat, token = scene.seats["KEN"], token_of(scene)
    client, officer = opened(app, token), sign_in(app.test_client(), scene.travel)
    wrote(seat, ASKS)
    stands(seat, "settled", 91)
    assert waiting(scene.travel.actor) == []
    with pytest.raises(Forbidden):
        services.needs_no_answer(seat, actor=scene.travel.actor, reason="Late.", seen=seen(seat))
    stands(seat, "settled", 89)
    assert waiting(scene.travel.actor) == [("Awa KEN", 1)]
    refused = press(client, f"/journey/{token}/messages?lang=en", body="One word more")
    assert refused.status_code == 422
    assert "One word more</textarea>" in refused.text
    page = client.get(f"/journey/{token}/messages?lang=en")
    assert "Your journey is over: nothing more can be written here." in words_of(page)
    assert (ASKS in words_of(page), "<textarea" in page.text) == (True, False)
    assert press(officer, f"/seats/{seat}/messages", body=SAYS, seen=str(seen(seat))).status_code == 302
    assert waiting(scene.travel.actor) == []
    assert "canary two" in words_of(client.get(f"/journey/{token}/messages"))


def test_of_somebody_who_did_not_come_it_can_be_said_that_no_answer_is_needed(app, scene):
    seat, officer = scene.seats["KEN"], sign_in(app.test_client(), scene.travel)
    wrote(seat, ASKS)
    stands(seat, "no_show", 0, cause="illness", borne_by="pledge", reason="Illness.")
    assert waiting(scene.travel.actor) == [("Awa KEN", 1)]
    assert "The personal link of this person has ended" in words_of(officer.get(f"/seats/{seat}/messages"))
    sent = len(letters())
    address = f"/seats/{seat}/messages/no-answer"
    assert "No mail says so to the delegate." in words_of(officer.get(address))
    assert press(officer, address, reason="They did not come.", seen=str(seen(seat))).status_code == 302
    assert (waiting(scene.travel.actor), len(letters())) == ([], sent)


def test_words_speak_of_a_mail_only_where_there_is_an_address(app, scene):
    seat, token = scene.seats["KEN"], token_of(scene)
    client, officer = opened(app, token), sign_in(app.test_client(), scene.travel)
    for email, said in (("", False), ("awa@mail.example", True)):
        with transaction():
            update_where(Delegate, sa.true(), email=email)
        press(client, f"/journey/{token}/messages?lang=en", body=ASKS)
        assert ("a mail tells you" in words_of(client.get(f"/journey/{token}/messages?lang=en"))) is said
        assert ("A mail without a word of it" in words_of(officer.get(f"/seats/{seat}/messages"))) is said
