"""Acts of a round, one function per verb."""

from tracker.rounds.services.approving import approve
from tracker.rounds.services.giving import give_seat, take_seat_off
from tracker.rounds.services.steps import drop, open_round, prepare, send_back

__all__ = ["approve", "drop", "give_seat", "open_round", "prepare", "send_back", "take_seat_off"]
