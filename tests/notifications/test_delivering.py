"""The delivery's life against a mail server that misbehaves."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import assistance as requests
from tests.notifications.conftest import happen, mails, nobody_in_their_stead, point_at, send_all, states_of
from tests.services.databases import close
from tests.services.network import free_port
from tests.services.smtp import CUT, HANG, LATER, NEVER, SmtpSink
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications import mailer, services
from tracker.notifications.lifecycle import Timing
from tracker.notifications.models import Delivery
from tracker.notifications.services import claiming, delivering

MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


def test_sends_one_mail_to_each_person_and_says_so(case, smtp):
    happen(case, "assistance.note_returned")
    assert send_all() == 2
    assert states_of() == ["sent", "sent"]
    assert {mail.recipients for mail in smtp.received} == {
        (case.people.drafter.email,),
        (case.people.authority.email,),
    }
    assert all(delivery.sent_at and delivery.message_id for delivery in mails())


def test_a_rolled_back_change_tells_nobody(case, smtp):
    def change_that_fails():
        with transaction():
            happen(case, "assistance.note_returned")
            raise LookupError

    for _ in range(20):
        with pytest.raises(LookupError):
            change_that_fails()
    assert send_all() == 0
    assert smtp.received == []


def test_keeps_one_connection(case, smtp):
    for _ in range(5):
        happen(case, "assistance.note_returned")
    send_all()
    assert (len(smtp.received), smtp.connections) == (10, 1)


def test_tries_again_when_the_server_says_later(case, smtp):
    smtp.behaviour = lambda _to: LATER
    happen(case, "assistance.returned_to_draft")
    send_all()
    (waiting,) = mails()
    assert (waiting.status, waiting.refusals, waiting.last_error) == ("pending", 1, "451 try later")
    assert waiting.due_at > now() + timedelta(seconds=20)
    smtp.clear()
    assert send_all() == 0
    assert send_all(after=MINUTE) == 1
    assert states_of() == ["sent"]


def test_gives_up_on_a_permanent_refusal(case, smtp):
    smtp.behaviour = lambda _to: NEVER
    happen(case, "assistance.returned_to_draft")
    nobody_in_their_stead()
    send_all()
    assert states_of() == ["failed"]
    assert send_all(after=timedelta(days=9)) == 0


def test_a_message_cut_after_its_text_is_uncertain_and_sent_once_more_with_the_same_id(case, smtp):
    smtp.behaviour = lambda _to: CUT
    happen(case, "assistance.returned_to_draft")
    send_all()
    assert states_of() == ["uncertain"]
    smtp.behaviour = lambda _to: "ok"
    assert send_all(after=9 * MINUTE) == 0
    assert send_all(after=11 * MINUTE) == 1
    assert states_of() == ["sent"]
    first, second = (mail.message["Message-ID"] for mail in smtp.received)
    assert first == second == mails()[0].message_id


def test_a_message_cut_twice_has_failed(case, smtp):
    smtp.behaviour = lambda _to: CUT
    happen(case, "assistance.returned_to_draft")
    nobody_in_their_stead()
    send_all()
    send_all(after=11 * MINUTE)
    assert (states_of(), len(smtp.received)) == (["failed"], 2)
    assert send_all(after=timedelta(days=9)) == 0


@pytest.mark.fault
def test_a_server_that_hangs_leaves_a_doubt_about_one_message_only(case, smtp):
    smtp.hang_seconds = 3
    first = case.people.drafter.email
    smtp.behaviour = lambda to: HANG if to == (first,) else "ok"
    happen(case, "assistance.note_returned")
    send_all()
    assert sorted(states_of()) == ["sent", "uncertain"]


def test_mail_waits_for_an_absent_server_and_is_not_blamed_for_it(app, case, monkeypatch):
    port = free_port()
    point_at(app, monkeypatch, f"smtp://127.0.0.1:{port}")
    for _ in range(3):
        happen(case, "assistance.note_returned")
    send_all()
    assert states_of() == ["pending"] * 6
    assert all(delivery.unreachable_at for delivery in mails() if delivery.away_count)
    sink = SmtpSink(port).start()
    try:
        for _ in range(3):
            send_all(after=MINUTE)
        assert set(states_of()) == {"sent"}
        assert len(sink.received) == 6
    finally:
        mailer.close_connections()
        sink.stop()


def seconds_late(client, *, after: timedelta) -> int:
    """What a watchman reads `after` some time from now."""
    with shifted(now() + after):
        return client.get("/healthz").json["oldest_due_delivery_seconds"]


def test_an_absent_server_is_seen_from_outside_however_far_the_next_try_lies(app, client, case, monkeypatch, capsys):
    point_at(app, monkeypatch, f"smtp://127.0.0.1:{free_port()}")
    happen(case, "assistance.note_returned")
    for minutes in range(0, 60, 20):
        send_all(after=minutes * MINUTE)
    assert 3600 <= seconds_late(client, after=60 * MINUTE) < 3660
    assert "mail server cannot be used" in capsys.readouterr().err
    told = app.test_cli_runner().invoke(args=["outbox", "status"]).output
    assert "wait for the mail server 2" in told
    mailer.close_connections()


def test_a_missing_worker_is_seen_from_outside(client, case, smtp):
    happen(case, "assistance.note_returned")
    assert 600 <= seconds_late(client, after=10 * MINUTE) < 660
    send_all()
    assert seconds_late(client, after=10 * MINUTE) == 0


def test_a_recovered_server_frees_others_at_once(app, case, monkeypatch):
    port = free_port()
    point_at(app, monkeypatch, f"smtp://127.0.0.1:{port}")
    happen(case, "assistance.returned_to_draft")
    send_all()
    other = happen(case, "assistance.authorisation_asked")
    with transaction():
        update_where(Delivery, Delivery.event_id < other, due_at=now() + timedelta(hours=12))
    sink = SmtpSink(port).start()
    try:
        send_all()
        assert states_of() == ["sent", "sent"]
    finally:
        mailer.close_connections()
        sink.stop()


def test_keeps_the_order_of_one_recipient_and_subject(case, smtp):
    refused = set()

    def refuse_each_once(_to):
        if len(refused) < 3:
            refused.add(len(refused))
            return LATER
        return "ok"

    smtp.behaviour = refuse_each_once
    names = ["note_returned", "authorisation_asked", "clarification_asked", "accepted"]
    events = [happen(case, f"assistance.{name}") for name in names]
    for minutes in range(0, 60, 5):
        send_all(after=minutes * MINUTE)
    for person in (case.people.drafter, case.people.authority):
        sent = [mail.message["Message-ID"] for mail in smtp.to(person.email)]
        due = [mail.message_id for mail in mails(person_id=person.person_id)]
        assert sent == due
    assert len(events) == 4


def test_does_not_keep_later_messages_waiting_for_more_than_ten_minutes(case, smtp):
    smtp.behaviour = lambda _to: LATER
    happen(case, "assistance.returned_to_draft")
    send_all()
    smtp.clear()
    happen(case, "assistance.completed")
    with transaction():  # the first one stays refused for long
        update_where(Delivery, Delivery.refusals > 0, due_at=now() + timedelta(hours=30))
    drafter = case.people.drafter.person_id
    send_all(after=9 * MINUTE)
    assert states_of(person_id=drafter) == ["pending", "pending"]
    send_all(after=11 * MINUTE)
    assert states_of(person_id=drafter) == ["pending", "sent"]


def test_two_senders_never_take_the_same_delivery(app, case):
    for _ in range(10):
        happen(case, "assistance.returned_to_draft")
    services.dispatch()
    with transaction():  # ten subjects, so that none waits for another
        update_where(Delivery, Delivery.event_id > 0, subject_key=sa.cast(Delivery.event_id, sa.String))
    taken: list[list[int]] = []

    def take() -> None:
        with app.app_context():
            taken.append(claiming.claim(threading.current_thread().name, Timing(1), 50).ids)

    threads = [threading.Thread(target=take, name=f"sender {n}") for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [delivery_id for batch in taken for delivery_id in batch]
    assert len(ids) == len(set(ids)) == 10


def test_a_mail_that_cannot_be_made_does_not_stop_the_others(case, smtp, monkeypatch):
    drafter = case.people.drafter.person_id
    compose = delivering.messages.compose

    def fail_for_the_drafter(delivery, reply_to):
        if delivery.person_id == drafter:
            raise LookupError
        return compose(delivery, reply_to)

    monkeypatch.setattr(delivering.messages, "compose", fail_for_the_drafter)
    happen(case, "assistance.note_returned")
    send_all()
    assert states_of(person_id=drafter) == ["pending"]
    assert mails(person_id=drafter)[0].last_error == "LookupError while the mail was made"
    assert len(smtp.received) == 1


def told_anew(database, app) -> set[tuple[int | None, str]]:
    """Event ids and Message-IDs of the first mails in a database that knows nothing of what was told before."""
    db.session.remove()
    close(app)
    database.reset()
    case = requests.submitted()
    happen(case, "assistance.note_returned")
    services.dispatch()
    return {(row.event_id, row.message_id) for row in mails()}


def test_a_message_id_never_comes_again_though_event_ids_do(app, database):
    """As after a restore, from which the same ids are given again to other events."""
    before, after = told_anew(database, app), told_anew(database, app)
    assert {event_id for event_id, _ in before} & {event_id for event_id, _ in after}
    assert not {message_id for _, message_id in before} & {message_id for _, message_id in after}


def test_the_message_id_is_the_same_on_every_try_and_tells_nothing(case):
    happen(case, "assistance.note_returned")
    services.dispatch()
    ids = {delivery.message_id for delivery in mails()}
    assert len(ids) == 2
    assert not any(case.people.drafter.email in text or "KEN" in text for text in ids)
