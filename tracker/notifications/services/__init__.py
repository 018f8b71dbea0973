"""Writes: expanding events, sending what is due, putting right what was left behind, reminding, reading."""

from tracker.notifications.services.addressing import fix_addressees
from tracker.notifications.services.delivering import deliver
from tracker.notifications.services.dispatching import dispatch, mute_or_leave, suppressed
from tracker.notifications.services.preferring import set_preferences
from tracker.notifications.services.reading import mark_all_read, mark_read
from tracker.notifications.services.reminding import remind
from tracker.notifications.services.repairing import send_again
from tracker.notifications.services.sweeping import sweep

__all__ = [
    "deliver",
    "dispatch",
    "fix_addressees",
    "mark_all_read",
    "mark_read",
    "mute_or_leave",
    "remind",
    "send_again",
    "set_preferences",
    "suppressed",
    "sweep",
]
