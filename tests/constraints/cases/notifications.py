"""Deliveries: of one event or of a digest's period, leased while a worker has them."""

from tests.constraints.cases.pair import Cases, Pair
from tests.constraints.rows import NOW, ROW
from tracker.notifications.lifecycle import Status, Turn

CASES: Cases = {
    "ck_addressees_turn_known": [
        Pair({"turn": turn}, {"turn": wrong}) for turn, wrong in ((Turn.FIRST, 0), (Turn.ADDRESS, 4))
    ],
    "ck_deliveries_event_or_digest": [
        Pair({"event_id": ROW}, {"event_id": None}),
        Pair({"event_id": ROW}, {"period": "2026-W10"}),
        Pair({"event_id": None, "period": "2026-W10"}, {"period": None}),
    ],
    "ck_deliveries_leased": [
        Pair({"status": status, "lease_until": NOW}, {"lease_until": None})
        for status in (Status.CLAIMED, Status.SENDING)
    ],
    "ck_deliveries_sent_when": [Pair({"status": Status.SENT, "sent_at": NOW}, {"sent_at": None})],
}
