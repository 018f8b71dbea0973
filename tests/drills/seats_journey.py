"""SEATS: the journeys of a seat in browsers, from its session to the settled trip and from the donor who sponsors it to
the claim of its delegate, in each language; the suite walks one of them on each engine."""

import os
import re
import subprocess
import sys
import time

from tests.drills.frame import Line, Outcome
from tracker.settings.configuration import ROOT

PROMISE = "SEATS"
LANGUAGES = ("en", "fr")
LONGEST = 1_200
"""Seconds after which they count as stuck; they take some 120 on two quiet cores."""
JOURNEYS = ("tests/journeys/test_seats.py", "tests/journeys/test_delegate.py")


def walked(engine: str) -> list[Line]:
    """The journeys on one engine, a line for each language; one that was skipped was not walked."""
    return [_walk(engine, language) for language in LANGUAGES]


def _walk(engine: str, language: str) -> Line:
    started = time.monotonic()
    wanted = {"TRACKER_TEST_ENGINE": engine, "TRACKER_JOURNEY_LANGUAGE": language, "TRACKER_REQUIRE_ALL": "1"}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *JOURNEYS],
            cwd=ROOT,
            env={**os.environ, **wanted},
            capture_output=True,
            text=True,
            check=False,
            timeout=LONGEST,
        )
        said, code = ended.stdout.strip() or ended.stderr.strip() or "no word", ended.returncode
    except subprocess.TimeoutExpired:
        said, code = f"not at its end after {LONGEST} seconds", 1
    held = code == 0 and re.search(r"\b[1-9]\d* passed\b", said) is not None
    last = said.splitlines()[-1].strip(" =")
    outcome = Outcome(PROMISE, f"to the settled seat and the claim, in {language}: {last}", "walked to its end", held)
    return Line(engine, outcome, (time.monotonic() - started) / 60, f"seats_journey_{language}")
