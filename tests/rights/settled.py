"""A session of the world that is over, with seats of Kenya to enter, to settle, and with a claim; and one to close."""

from typing import Any

from tests.factories import participation, settling
from tests.factories import pledges as money
from tests.factories.assistance import People
from tests.rights.people import Someone
from tracker.participation.settling import services
from tracker.participation.settling.lifecycle import Billed, Entry, Spent

OVER, TO_CLOSE = "AHC-P8", "AHC-P9"
PAID = {"fare": 780_00, "allowance": settling.PLANNED, "terminals": 152_00}


def made(kenya: People, norway: money.People, travel: Someone) -> dict[str, Any]:
    """The ids of the sessions and seats."""
    finance = norway.finance
    scene = settling.scene(OVER, donors=norway, office=(travel, finance, finance))
    scene.states["KEN"] = kenya
    entered, over, claimed = (scene.seat(**PAID), scene.seat(**PAID), scene.seat("no_show", **PAID))
    services.enter_as_planned(OVER, [entered], actor=norway.manager.actor)
    missed = Entry(Spent(), {"fare": Billed(500_00, "INV-9")}, "Fell ill.")
    services.enter(claimed, actor=norway.manager.actor, version=None, entry=missed)
    seen = settling.read(scene, claimed).total("owed_minor")
    services.settle(claimed, actor=finance.actor, version=None, seen_minor=seen)
    to_close = participation.meeting(first_day=scene.first_day, code=TO_CLOSE)
    participation.accepted(kenya, session_id=to_close)
    ids = {"over": OVER, "to_close": TO_CLOSE}
    return {**ids, "seat_over": over, "seat_entered": entered, "seat_claimed": claimed}
