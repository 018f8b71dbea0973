"""Seats of sessions that were over before the office kept seats here: how many a State used, whether all is settled.

They come from files, without a name of anybody, and are counted by the rules that prefer who was never funded, who had
the fewest seats, and whose accounts of earlier sessions are settled.
"""
