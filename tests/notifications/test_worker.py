"""A real worker process, a real broker, a real mail server: killed, emptied, cut."""

import os
import signal
import threading
import time
from contextlib import suppress

import pytest

from tests.factories import accounts
from tests.notifications.conftest import happen, mails, states_of
from tests.services import processes
from tests.services.postgresql import wait_for
from tests.services.processes import children_of
from tests.services.smtp import HANG
from tracker.calendar.now import now
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications.models import Delivery
from tracker.web.application import settings

pytestmark = pytest.mark.worker


@pytest.fixture
def case(request_of_kenya, broker):
    """A submitted request; wake-ups of its making are forgotten."""
    broker.empty()
    return request_of_kenya


@pytest.fixture
def beat(app, broker, tmp_path):
    """Beat, which wakes the sweeps every few seconds."""
    process = processes.beat(app.extensions["tracker_settings"], tmp_path / "beat.log")
    yield process
    process.kill()


def all_ended() -> bool:
    """Whether there are mails and none is on its way, by one look: a second one might see what came in between."""
    states = set(states_of())
    return bool(states) and not states & {"pending", "claimed", "sending", "uncertain"}


def message_ids(smtp) -> list[str]:
    return [str(mail.message["Message-ID"]) for mail in smtp.received]


def test_a_change_is_told_within_seconds(case, smtp, worker):
    happen(case, "assistance.note_returned")
    wait_for(all_ended, seconds=20, what="two mails")
    assert states_of() == ["sent", "sent"]
    assert len(smtp.received) == 2


def test_what_one_event_tells_many_goes_out_by_all_senders_side_by_side(case, smtp, worker):
    for _ in range(30):
        accounts.person("programme_manager")
    counting, present, most = threading.Lock(), [0], [0]

    def slowly(_recipients) -> str:
        with counting:
            present[0] += 1
            most[0] = max(most[0], present[0])
        time.sleep(0.2)  # longer than a claim takes on a busy machine
        with counting:
            present[0] -= 1
        return "ok"

    smtp.behaviour = slowly
    happen(case, "assistance.withdrawn")
    wait_for(all_ended, seconds=60, what="the mail of one event")
    assert most[0] == 2, "the worker has two processes"
    assert len(message_ids(smtp)) == len(set(message_ids(smtp))) > 30


def test_mail_waits_while_the_broker_is_empty_and_goes_out_with_the_next_sweep(case, smtp, broker, worker, beat):
    worker.kill()
    for _ in range(10):
        happen(case, "assistance.note_returned")
    broker.empty()
    successor = processes.worker(settings(), worker.log.with_name("successor.log"))
    try:
        wait_for(all_ended, seconds=60, what="twenty mails")
    finally:
        successor.stop()
    assert len(message_ids(smtp)) == len(set(message_ids(smtp))) == 20


@pytest.mark.fault
def test_a_sender_killed_in_the_middle_leaves_one_doubt_and_no_loss(case, smtp, worker, beat):
    smtp.hang_seconds = 30
    smtp.behaviour = lambda _to: HANG
    for _ in range(5):
        happen(case, "assistance.note_returned")

    def one_is_being_sent() -> bool:
        db.session.rollback()
        return "sending" in states_of()

    wait_for(one_is_being_sent, seconds=20, what="a message under way")
    for pid in children_of(worker.popen.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    smtp.behaviour = lambda _to: "ok"
    wait_for(lambda: "uncertain" in states_of() or all_ended(), seconds=40, what="the doubt")
    doubtful = {row.message_id for row in mails() if row.uncertain_count}

    def ended() -> bool:
        with transaction():  # ten minutes have gone by
            update_where(Delivery, Delivery.status == "uncertain", due_at=now())
        return all_ended()

    wait_for(ended, seconds=60, what="everything sent")
    assert set(states_of()) == {"sent"}
    received = message_ids(smtp)
    assert set(received) == {row.message_id for row in mails()}
    assert {sent for sent in received if received.count(sent) > 1} <= doubtful
