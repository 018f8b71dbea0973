"""G11: the installation's sealing key is changed while the process that does it is killed again and again."""

import random
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa
from flask import Flask

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.services.processes import environment
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.sealing import envelopes, rotating
from tracker.sealing.columns import Purpose
from tracker.sealing.models import SealedKey
from tracker.sealing.services import Holder, place_of_key
from tracker.settings.configuration import ROOT
from tracker.settings.keys import KeyRing

ROWS, KILLS, AT_ONCE = 10_000, 20, 200


def run(site: DrillSite) -> list[Outcome]:
    """Rotate under kills, then to the end; every key has to be what it was."""
    rows, kills = site.some_of(ROWS, least=200), site.some_of(KILLS, least=2)
    old, new = (f"{number}:{secrets.token_urlsafe(40)}" for number in (1, 2))
    at_once = max(10, AT_ONCE * rows // ROWS)
    with ring(site.app, old):
        made = make(rows)
    with ring(site.app, f"{new},{old}"):
        lost, survived = killed(site, kills, (rows, at_once), made)
        rotated = rotating.rotate(at_once=at_once)
        unreadable = len(rotated.unreadable)
    with ring(site.app, new):
        lost += differing(made)
        left = set(rotating.keys_in_use()) - {"2"}
    figure = f"{rows} keys rotated under {kills - survived} of {kills} kills -9: {lost} lost, {unreadable} not opened"
    held = not lost and not unreadable and not left and not survived
    return [Outcome("G11", figure, "0 lost", held, counts={"rotated": rows, "kills": kills - survived, "lost": lost})]


@contextmanager
def ring(app: Flask, text: str) -> Iterator[None]:
    """These are the sealing keys of the installation."""
    before = app.extensions["tracker_settings"]
    rings = {**before.key_rings, "sealing": KeyRing.parse(text)}
    app.extensions["tracker_settings"] = replace(before, key_rings=rings)
    try:
        yield
    finally:
        app.extensions["tracker_settings"] = before


def make(number: int) -> dict[int, bytes]:
    """So many keys of people; gives them as they are before they are wrapped."""
    keys = rotating.ring()
    made = {holder: envelopes.new_key() for holder in range(1, number + 1)}
    values = [
        {
            "holder": "delegate",
            "holder_id": holder,
            "purpose": Purpose.JOURNEY.value,
            "key_id": keys.current_id,
            "wrapped": envelopes.wrap(keys, key, place_of_key(Holder("delegate", holder), Purpose.JOURNEY)),
        }
        for holder, key in made.items()
    ]
    with transaction() as session:
        session.execute(sa.insert(SealedKey), values)
    return made


def killed(site: DrillSite, kills: int, sizes: tuple[int, int], made: dict[int, bytes]) -> tuple[int, int]:
    """Kill the rotation at steps at random; gives how many keys were ever found lost, and how many processes came to
    their end alive."""
    settings, (rows, at_once) = site.app.extensions["tracker_settings"], sizes
    lost = survived = 0
    for _ in range(kills):
        # Two steps a row, so that each gets through its share at most.
        step = random.randint(1, max(2, 2 * rows // kills - 4 * at_once // 10))
        command = [sys.executable, "-m", "tests.drills.rotating", str(step), str(at_once)]
        ended = subprocess.run(command, cwd=ROOT, env=environment(settings), capture_output=True, check=False)
        survived += ended.returncode != -signal.SIGKILL
        lost += differing(made)
    return lost, survived


def differing(made: dict[int, bytes]) -> int:
    """How many keys are not there, do not open, or are not what they were."""
    keys, whole = rotating.ring(), 0
    for row in db.session.scalars(sa.select(SealedKey).execution_options(populate_existing=True)):
        place = place_of_key(Holder(row.holder, row.holder_id), Purpose(row.purpose))
        try:
            whole += envelopes.unwrap(keys, row.key_id or "", row.wrapped or b"", place) == made.get(row.holder_id)
        except envelopes.Unreadable:
            continue
    db.session.rollback()
    return len(made) - whole


DRILLS = [Drill(("G11",), run)]
