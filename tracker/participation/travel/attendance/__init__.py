"""Attendance from the file of the registration system: matched with whoever travels to the session, looked at first.

The file fills the fact that the desk records by hand, the days really spent, and never changes one that stands. Who was
expected and is not in the file is listed for the officer: whether they did not come is said by a person.
"""
