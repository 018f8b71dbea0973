"""The judge of the drill of mail finds what it is there for: each fault, put into what really happened, is told."""

from dataclasses import replace

import pytest

from tests.drills.doing import Crowd
from tests.drills.judging import judge
from tests.drills.told import ACTS, CANARY, world
from tracker.database.transactions import delete_where, transaction, update_where
from tracker.notifications import mailer, services
from tracker.notifications.models import Delivery


@pytest.fixture
def happened(app, site, smtp):
    """Every act once, done over HTTP, and all its mail sent in order."""
    folks = world(["KEN"], 1)
    services.dispatch()
    with transaction():
        delete_where(Delivery, Delivery.id > 0)
    done = Crowd(app, site, folks).work(len(ACTS))
    services.sweep()
    while services.deliver():
        pass
    mailer.close_connections()
    return smtp, folks, done


def faults(happened) -> set[str]:
    verdict = judge(*happened)
    return {name for name, found in vars(verdict).items() if isinstance(found, list) and found}


def test_what_is_right_is_right(happened):
    smtp, _folks, done = happened
    assert done.refused == []
    assert faults(happened) == set()
    verdict = judge(*happened)
    assert verdict.expected == verdict.inapp == verdict.arrived == len(smtp.received) == sum(len(a.hear) for a in ACTS)


def test_each_fault_is_told(happened):
    smtp, _folks, _done = happened
    right, first = list(smtp.received), smtp.received[0]

    smtp.received = right[1:]
    assert faults(happened) == {"lost"}
    smtp.received = [*right, first]
    assert faults(happened) == {"twice"}
    smtp.received = [replace(first, recipients=("somebody@else.example",)), *right[1:]]
    assert faults(happened) == {"strangers"}
    smtp.received = right[::-1]
    assert faults(happened) == {"out_of_order"}
    smtp.received = right
    first.message.replace_header("Subject", f"about {CANARY}")
    assert faults(happened) == {"canaries"}


def test_an_act_without_its_event_and_an_event_without_its_act_are_told(happened):
    _smtp, folks, done = happened
    acts = done.acts[folks[0].subject_id]
    last = acts.pop()
    assert "unmatched" in faults(happened)
    acts += [last, last]
    assert "unmatched" in faults(happened)


def test_who_has_no_row_and_whose_row_does_not_end_are_told(happened):
    with transaction():
        update_where(Delivery, Delivery.channel == "email", status="pending")
    assert "stuck" in faults(happened)
    with transaction():
        delete_where(Delivery, Delivery.channel == "inapp")
    assert {"lost", "stuck"} <= faults(happened)
