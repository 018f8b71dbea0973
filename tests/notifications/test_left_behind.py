"""What a killed worker leaves behind, and how the sweep puts it right."""

from datetime import timedelta

import pytest

from tests.notifications.conftest import happen, mails, nobody_in_their_stead, send_all, states_of
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction, update_where
from tracker.notifications import services
from tracker.notifications.lifecycle import Timing
from tracker.notifications.models import Delivery
from tracker.notifications.services import claiming, delivering

MINUTE = timedelta(minutes=1)


@pytest.fixture
def case(request_of_kenya):
    return request_of_kenya


class TestAWorkerThatGoesAway:
    def _left(self, case, status: str) -> None:
        happen(case, "assistance.returned_to_draft")
        services.dispatch()
        (delivery_id,) = claiming.claim("gone", Timing(1), 50).ids
        with transaction():
            update_where(Delivery, Delivery.id == delivery_id, status=status)

    def test_has_sent_nothing_before_the_fence(self, case, smtp):
        self._left(case, "claimed")
        assert send_all(after=timedelta(seconds=4)) == 0
        assert send_all(after=timedelta(seconds=6)) == 1
        assert (states_of(), len(smtp.received)) == (["sent"], 1)

    def test_has_perhaps_sent_after_it(self, case, smtp):
        self._left(case, "sending")
        send_all(after=timedelta(seconds=6))
        (left,) = mails()
        assert (left.status, left.last_error) == ("uncertain", "the worker went away")
        send_all(after=12 * MINUTE)
        assert (states_of(), len(smtp.received)) == (["sent"], 1)

    def test_may_still_say_that_it_did_send(self, case):
        """A worker that was stopped for long comes back with its result while the row is already uncertain."""
        self._left(case, "sending")
        with transaction():
            update_where(Delivery, Delivery.status == "sending", lease_until=now() - MINUTE)
        services.sweep()
        run = delivering._Run(delivering.mailer.transport(delivering.settings()), "gone")
        run.results.append((mails()[0].id, delivering.Result(delivering.Kind.SENT)))
        run.end()
        assert states_of() == ["sent"]

    def test_is_tried_alone_when_it_cost_worker_after_worker_and_never_waits_long(self, case, smtp):
        self._left(case, "claimed")
        with transaction():
            update_where(Delivery, Delivery.status == "claimed", lease_until=now() - MINUTE, lost_claims=4)
        services.sweep()
        (row,) = mails()
        assert (row.status, row.lost_claims, row.refusals) == ("pending", 5, 0)
        assert row.due_at <= now() + MINUTE
        with shifted(now() + MINUTE):
            assert claiming.claim("next", Timing(1), 50) == claiming.Claim([row.id], alone=True)

    def test_has_failed_when_it_cost_twenty_workers(self, case, smtp):
        self._left(case, "claimed")
        nobody_in_their_stead()
        with transaction():
            update_where(Delivery, Delivery.status == "claimed", lease_until=now() - MINUTE, lost_claims=19)
        services.sweep()
        assert states_of() == ["failed"]
