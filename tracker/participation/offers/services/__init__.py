"""Seats offered to their States, answered by them, and taken back where nobody answered."""

from tracker.participation.offers.services.answering import confirm, decline
from tracker.participation.offers.services.ending import end_offers, take_back
from tracker.participation.offers.services.reminding import remind
from tracker.participation.offers.services.sending import send_offers
from tracker.participation.offers.services.substituting import NewPerson, substitute

__all__ = ["NewPerson", "confirm", "decline", "end_offers", "remind", "send_offers", "substitute", "take_back"]
