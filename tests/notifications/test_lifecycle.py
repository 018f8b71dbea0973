"""What each outcome of a try leads to."""

from datetime import UTC, datetime, timedelta

import pytest

from tracker.notifications.lifecycle import BACK_OFF, Kind, Result, Status, Timing, Trial, after, perhaps_sent

AT = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_waits_longer_each_time_the_server_says_later():
    waits = [after(Trial(refusals=n), Result(Kind.DEFERRED), AT)["due_at"] - AT for n in range(len(BACK_OFF))]
    assert waits == list(BACK_OFF)
    assert waits[0] == timedelta(seconds=30)
    assert waits[-1] == timedelta(hours=72)


def test_fails_when_the_last_wait_did_not_help():
    assert after(Trial(refusals=len(BACK_OFF)), Result(Kind.DEFERRED), AT)["status"] == Status.FAILED


def test_never_fails_because_the_server_was_away():
    values = after(Trial(away_count=500), Result(Kind.UNREACHABLE), AT)
    assert (values["status"], values["unreachable_at"]) == (Status.PENDING, AT)
    assert values["due_at"] - AT <= timedelta(minutes=15)


def test_looks_again_for_an_absent_server_after_half_a_minute_and_then_ever_more_slowly():
    waits = [after(Trial(away_count=n), Result(Kind.UNREACHABLE), AT)["due_at"] - AT for n in range(6)]
    assert [wait.total_seconds() for wait in waits] == [30, 60, 120, 300, 900, 900]


@pytest.mark.parametrize("kind", [Kind.DEFERRED, Kind.BROKEN_OFF])
def test_an_outage_moves_neither_back_off_nor_end_of_what_is_refused_after_it(kind):
    long_away = Trial(refusals=1, away_count=500, unreachable_at=AT - timedelta(hours=24))
    values = after(long_away, Result(kind), AT)
    assert (values["status"], values["due_at"] - AT) == (Status.PENDING, BACK_OFF[1])
    assert (values["refusals"], values["away_count"], values["unreachable_at"]) == (2, 0, None)


def test_refusals_do_not_make_an_absent_server_be_looked_for_later():
    values = after(Trial(refusals=7), Result(Kind.UNREACHABLE), AT)
    assert values["due_at"] - AT == timedelta(seconds=30)
    assert "refusals" not in values


@pytest.mark.parametrize("kind", [Kind.DEFERRED, Kind.BROKEN_OFF])
def test_trouble_of_one_recipient_ends(kind):
    assert after(Trial(refusals=len(BACK_OFF)), Result(kind), AT)["status"] == Status.FAILED


def test_a_refused_message_keeps_later_ones_waiting_for_ten_minutes_at_most():
    first = after(Trial(), Result(Kind.DEFERRED), AT)
    assert first["holds_until"] == AT + timedelta(minutes=10)
    again = after(Trial(1, holds_until=first["holds_until"]), Result(Kind.DEFERRED), AT + timedelta(minutes=9))
    assert again["holds_until"] == AT + timedelta(minutes=10)


def test_a_slow_one_that_lets_others_past_is_due_at_once_and_was_not_refused():
    values = after(Trial(2), Result(Kind.ASIDE, hung=True), AT)
    assert (values["status"], values["due_at"], "refusals" in values) == (Status.PENDING, AT, False)


def test_is_sent_once_more_when_it_was_perhaps_sent_then_fails():
    first = after(Trial(), Result(Kind.CUT, "lost"), AT)
    assert (first["status"], first["due_at"]) == (Status.UNCERTAIN, AT + timedelta(minutes=10))
    assert perhaps_sent(Trial(uncertain_count=1), AT)["status"] == Status.FAILED


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Kind.SENT, "sent"),
        (Kind.BOUNCED, "bounced"),
        (Kind.REFUSED, "failed"),
        (Kind.UNMAILABLE, "failed"),
        (Kind.SUPPRESSED, "suppressed"),
    ],
)
def test_ends(kind, status):
    assert after(Trial(), Result(kind), AT)["status"] == status


def test_a_lease_outlasts_the_four_answers_of_one_message():
    assert Timing(2).lease == timedelta(seconds=10)
    assert Timing(2).lease.total_seconds() > 4 * 2
