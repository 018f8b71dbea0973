"""What is due for a seat is entered, the seat is settled, and the account of a session is closed."""

from tracker.participation.settling.services.closing import close_session, end_without_seat
from tracker.participation.settling.services.entering import enter, enter_as_planned
from tracker.participation.settling.services.settling import settle, settle_many

__all__ = ["close_session", "end_without_seat", "enter", "enter_as_planned", "settle", "settle_many"]
