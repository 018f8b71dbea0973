"""Seats: the funded places of a State at a session, who sits in them, and what each of their lines may cost."""
