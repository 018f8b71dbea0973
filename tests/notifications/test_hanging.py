"""One recipient's trouble is that recipient's: others are told as if nothing were."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.notifications.conftest import happen, mails, nobody_in_their_stead, point_at, send_all, states_of
from tests.services.network import free_port
from tests.services.smtp import CLOSING, CUT, HALF, HANG, LATER, SmtpSink
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications import mailer, services
from tracker.notifications.lifecycle import Timing
from tracker.notifications.models import Delivery, HungMailbox
from tracker.notifications.services import claiming

MINUTE = timedelta(minutes=1)
CLERKS = 19


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


@pytest.fixture
def twenty(case):
    """A request about which twenty people of the office are told, one of them with a mailbox that hangs; no mail of
    theirs waits for another one, so each is a subject of its own."""
    people = [case.people.officer, *(accounts.person("triage_officer") for _ in range(CLERKS))]
    hung = people[3]

    def tell() -> None:
        happen(case, "assistance.submitted")
        services.dispatch()
        with transaction() as session:
            others = sa.select(Delivery.id).where(Delivery.person_id.not_in([one.person_id for one in people]))
            session.execute(sa.delete(Delivery).where(Delivery.id.in_(others)))
            update_where(Delivery, Delivery.event_id > 0, subject_key=sa.cast(Delivery.event_id, sa.String))

    return hung, tell


def hang_for(someone, smtp) -> None:
    smtp.at_rcpt = lambda to: HANG if to == someone.email else "ok"


def hung_keys() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(HungMailbox.recipient_key)))


def others_than(someone) -> set[str]:
    db.session.rollback()
    rows = sa.select(Delivery.status).where(Delivery.channel == "email", Delivery.person_id != someone.person_id)
    return set(db.session.scalars(rows))


def send_to_others_than(someone) -> None:
    """On a busy machine a run is over before its batch is."""
    while others_than(someone) != {"sent"}:
        assert services.deliver()


@pytest.mark.parametrize("trouble", [HANG, CUT, CLOSING])
def test_trouble_at_the_recipient_is_a_refusal_and_not_an_absent_server(case, smtp, trouble):
    smtp.at_rcpt = lambda to: trouble if to == case.people.drafter.email else "ok"
    happen(case, "assistance.note_returned")
    while services.sweep()["dispatched"] or services.deliver():
        pass
    (refused,) = mails(person_id=case.people.drafter.person_id)
    assert (refused.status, refused.refusals, refused.away_count) == ("pending", 1, 0)
    assert refused.unreachable_at is None
    assert refused.due_at > now() + timedelta(seconds=15)
    assert states_of(person_id=case.people.authority.person_id) == ["sent"]


def test_trouble_at_the_recipient_ends(case, smtp):
    smtp.at_rcpt = lambda _to: CUT
    happen(case, "assistance.returned_to_draft")
    nobody_in_their_stead()
    services.dispatch()
    for hours in range(0, 24 * 8, 8):
        for minutes in (0, 1, 4, 20, 60):
            send_all(after=timedelta(hours=hours, minutes=minutes))
    (failed,) = mails(person_id=case.people.drafter.person_id)
    assert (failed.status, failed.refusals) == ("failed", 9)


def test_a_day_without_a_server_costs_nothing_of_what_is_refused_after_it(app, case, monkeypatch):
    port = free_port()
    point_at(app, monkeypatch, f"smtp://127.0.0.1:{port}")
    happen(case, "assistance.note_returned")
    for minutes in range(0, 24 * 60, 20):
        send_all(after=minutes * MINUTE)
    assert states_of() == ["pending"] * 2
    sink = SmtpSink(port).start()
    sink.behaviour = lambda to: LATER if to == (case.people.drafter.email,) else "ok"
    try:
        with shifted(now() + 24 * 60 * MINUTE):
            send_all()
            (refused,) = mails(person_id=case.people.drafter.person_id)
            assert (refused.status, refused.refusals) == ("pending", 1)
            assert refused.due_at <= now() + timedelta(seconds=30)
        assert states_of(person_id=case.people.authority.person_id) == ["sent"]
    finally:
        mailer.close_connections()
        sink.stop()


def test_a_server_that_is_back_wakes_what_waited_for_it_and_not_what_was_refused(app, case, monkeypatch):
    port = free_port()
    point_at(app, monkeypatch, f"smtp://127.0.0.1:{port}")
    refused, waited = (happen(case, f"assistance.{name}") for name in ("returned_to_draft", "authorisation_asked"))
    services.dispatch()
    late = now() + timedelta(hours=6)
    with transaction():
        update_where(Delivery, Delivery.event_id == refused, due_at=late, refusals=6, subject_key="refused")
        update_where(Delivery, Delivery.event_id == waited, due_at=late, unreachable_at=now(), away_count=9)
    happen(case, "assistance.completed")
    sink = SmtpSink(port).start()
    try:
        send_all()
        assert [row.status for row in mails(event_id=waited)] == ["sent"]
        (still,) = mails(event_id=refused)
        assert (still.status, still.due_at) == ("pending", late)
    finally:
        mailer.close_connections()
        sink.stop()


@pytest.mark.parametrize("silence", [HANG, HALF])
def test_a_task_gives_the_rest_of_its_batch_back_after_the_first_that_hangs(twenty, smtp, silence):
    hung, tell = twenty
    smtp.at_rcpt = lambda to: silence if to == hung.email else "ok"
    tell()
    before = services.deliver()
    assert before < 20
    assert set(states_of()) <= {"sent", "pending"}, "nothing is claimed any more"
    assert hung_keys() == [f"person:{hung.person_id}"]
    send_to_others_than(hung)


@pytest.mark.fault
def test_others_go_out_while_the_first_one_that_hangs_is_still_waited_for(app, twenty, smtp, monkeypatch):
    hung, tell = twenty
    point_at(app, monkeypatch, smtp.url, seconds=30)
    hang_for(hung, smtp)
    tell()
    waiting = threading.Thread(target=deliver_in, args=(app,))
    waiting.start()
    over = threading.Event()
    while waiting.is_alive() and not smtp.hanging:
        over.wait(0.05)
    while waiting.is_alive() and others_than(hung) != {"sent"}:
        services.deliver()
        over.wait(0.05)
    still_waited_for = smtp.hanging
    smtp.released.set()
    waiting.join()
    mailer.close_connections()
    assert still_waited_for == 1
    assert others_than(hung) == {"sent"}
    assert [row.refusals for row in mails(person_id=hung.person_id)] == [1]


def deliver_in(app) -> None:
    with app.app_context():
        services.deliver()


def test_who_hung_is_tried_alone_and_one_at_a_time_over_all_workers(app, twenty, smtp):
    hung, tell = twenty
    with transaction():
        claiming.mark_hung(f"person:{hung.person_id}", hung.email, now())
    tell()
    tell()
    taken: list[claiming.Claim] = []

    def take() -> None:
        with app.app_context():
            names = [f"{threading.current_thread().name} {turn}" for turn in range(3)]
            taken.extend([claiming.claim(name, Timing(1), 50) for name in names])

    threads = [threading.Thread(target=take, name=f"sender {n}") for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    theirs = {row.id for row in mails(person_id=hung.person_id)}
    alone = [claim for claim in taken if claim.alone]
    assert [len(claim.ids) for claim in alone] == [1]
    assert set(alone[0].ids) < theirs
    together = [delivery_id for claim in taken if not claim.alone for delivery_id in claim.ids]
    assert len(together) == len(set(together)) == 2 * CLERKS
    assert not theirs & set(together)


def test_who_answered_once_is_told_with_all_others_again(twenty, smtp):
    hung, tell = twenty
    with transaction():
        claiming.mark_hung(f"person:{hung.person_id}", hung.email, now())
        claiming.mark_hung("address:99", hung.email, now())
    tell()
    send_all()
    assert set(states_of()) == {"sent"}
    assert hung_keys() == []
    tell()
    assert len(claiming.claim("next", Timing(1), 50).ids) == 20


def test_a_second_one_that_hangs_is_not_waited_for_and_not_blamed(twenty, smtp):
    hung, tell = twenty
    hang_for(hung, smtp)
    tell()
    first = mails(person_id=hung.person_id)[0].id
    tell()
    with transaction():  # somebody else waits for one that hangs
        update_where(
            Delivery, Delivery.id == first, status="sending", alone=True, lease_until=now() + MINUTE, token="a"
        )
    while services.deliver():
        pass
    (second,) = (row for row in mails(person_id=hung.person_id) if row.id != first)
    assert (second.status, second.refusals) == ("pending", 0)
    assert second.due_at <= now()
    assert others_than(hung) == {"sent"}


def test_an_address_that_hung_under_another_key_is_not_tried_with_others(twenty, smtp):
    hung, tell = twenty
    tried = []
    smtp.at_rcpt = lambda to: tried.append(to) or "ok"
    with transaction():
        claiming.mark_hung("address:99", hung.email, now())
    tell()
    send_to_others_than(hung)
    assert len(tried) == CLERKS
    assert hung.email not in tried
    send_all()
    assert tried[-1] == hung.email
    assert set(states_of()) == {"sent"}


def test_a_later_message_to_who_hangs_is_not_held_for_more_than_ten_minutes(case, smtp):
    drafter = case.people.drafter
    smtp.at_rcpt = lambda _to: HANG
    happen(case, "assistance.returned_to_draft")
    send_all()
    later = happen(case, "assistance.completed")
    services.dispatch()
    with transaction():
        update_where(Delivery, Delivery.event_id < later, due_at=now() + timedelta(hours=6))
    smtp.clear()
    send_all(after=9 * MINUTE)
    assert states_of(person_id=drafter.person_id) == ["pending", "pending"]
    send_all(after=11 * MINUTE)
    assert states_of(person_id=drafter.person_id) == ["pending", "sent"]
