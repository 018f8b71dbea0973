"""Seats on which nobody travels: ended before the journey or missed, why, and who bears what was paid."""
