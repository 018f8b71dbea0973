"""What each outcome of a try leads to."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.notifications.lifecycle import BACK_OFF, Kind, Result, Status, Timing, Trial, after, perhaps_sent

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_waits_longer_each_time_the_server_says_later():
    waits = [after(Trial(attempts=n), Result(Kind.DEFERRED), AT)["due_at"] - AT for n in range(len(BACK_OFF))]
    assert waits == list(BACK_OFF)
    assert waits[0] == timedelta(seconds=30)
    assert waits[-1] == timedelta(hours=72)


def test_fails_when_the_last_wait_did_not_help():
    assert after(Trial(attempts=len(BACK_OFF)), Result(Kind.DEFERRED), AT)["status"] == Status.FAILED


def test_never_fails_because_the_server_was_away():
    values = after(Trial(attempts=500), Result(Kind.UNREACHABLE), AT)
    assert (values["status"], values["unreachable_at"]) == (Status.PENDING, AT)
    assert values["due_at"] - AT <= timedelta(minutes=15)


def test_looks_again_for_an_absent_server_after_half_a_minute_and_then_ever_more_slowly():
    waits = [after(Trial(attempts=n), Result(Kind.UNREACHABLE), AT)["due_at"] - AT for n in range(6)]
    assert [wait.total_seconds() for wait in waits] == [30, 60, 120, 300, 900, 900]


def test_a_refused_message_keeps_later_ones_waiting_for_an_hour_at_most():
    first = after(Trial(), Result(Kind.DEFERRED), AT)
    assert first["holds_until"] == AT + timedelta(hours=1)
    again = after(Trial(1, 0, first["holds_until"]), Result(Kind.DEFERRED), AT + timedelta(minutes=50))
    assert again["holds_until"] == AT + timedelta(hours=1)


def test_is_sent_once_more_when_it_was_perhaps_sent_then_fails():
    first = after(Trial(), Result(Kind.CUT, "lost"), AT)
    assert (first["status"], first["due_at"]) == (Status.UNCERTAIN, AT + timedelta(minutes=10))
    assert perhaps_sent(Trial(uncertain_count=1), AT)["status"] == Status.FAILED


@pytest.mark.parametrize(
    ("kind", "status"),
    [(Kind.SENT, "sent"), (Kind.BOUNCED, "bounced"), (Kind.REFUSED, "failed"), (Kind.SUPPRESSED, "suppressed")],
)
def test_ends(kind, status):
    assert after(Trial(), Result(kind), AT)["status"] == status


def test_a_lease_outlasts_the_four_answers_of_one_message():
    assert Timing(2).lease == timedelta(seconds=10)
    assert Timing(2).lease.total_seconds() > 4 * 2
