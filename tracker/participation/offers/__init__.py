"""Offers: a seat put to the authority of its State until a day, and what the State answers."""
