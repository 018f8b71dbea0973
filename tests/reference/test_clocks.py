"""The table of clocks names actions that there are, and what pauses also goes on."""

import pytest

from tracker.assistance.lifecycle import Action
from tracker.reference.lifecycle import REQUEST_CLOCKS


@pytest.mark.parametrize("name", REQUEST_CLOCKS)
def test_a_clock_of_a_request_is_whole(name):
    clock = REQUEST_CLOCKS[name]
    assert {*clock.starts, *clock.stops, *clock.pauses, *clock.resumes} <= set(Action)
    assert clock.starts
    assert clock.stops
    assert bool(clock.pauses) == bool(clock.resumes)
    assert clock.side in ("state", "office")
    assert "%(days)d" in clock.explanation
