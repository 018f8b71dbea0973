"""G8: only lawful changes of state. The full product of status, action and persona, and contrary acts at once."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import sqlalchemy as sa

from tests.drills.at_once import at_once, done, errors
from tests.drills.frame import Drill, DrillSite, Outcome
from tests.factories import assistance, pledges
from tests.rights import lawful, people
from tests.rights.world import World, donors_of
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.handling import services as handling
from tracker.assistance.models import AssistanceRequest
from tracker.events import Event
from tracker.extensions import db
from tracker.pledges import services as money
from tracker.pledges.models import Pledge
from tracker.reference import loader

ROUNDS, AT_ONCE = 500, 50
EVERY_CELL_FROM = 0.5
"""Below this scale one cell in fifty is tried here: the suite tries all of them elsewhere (tests/rights)."""


def run(site: DrillSite) -> list[Outcome]:
    """Everything on one site."""
    loader.load()
    assistance.reference_data()
    world = World(people.make())
    tried, wrong = lawful.judge_all(lawful.build(world), every=1 if site.scale >= EVERY_CELL_FROM else 50)
    rounds = site.some_of(ROUNDS, least=2)
    problems = [problem for number in range(rounds) for problem in contrary(site, world, number)]
    shown = f": {(wrong + problems)[0]}" if wrong or problems else ""
    return [
        Outcome(
            "G8",
            f"{tried} cells of status x action x persona, {len(wrong)} wrong; {rounds} x {AT_ONCE} contrary acts "
            f"at once, {len(problems)} without exactly one winner and one event{shown}",
            "only lawful changes, one winner, one event",
            not wrong and not problems,
        )
    ]


def contrary(site: DrillSite, world: World, number: int) -> list[str]:
    """One round: many contrary acts on one fresh request or pledge; gives what was wrong."""
    actors = {persona: world.people[persona].actor for persona in people.ROLES}
    if number % 2:
        row, model = lawful.imported("KEN", number), AssistanceRequest
        acts = on_request(row, actors)
    else:
        row, model = pledges.offered(donors_of(world, "NORAD")), Pledge
        acts = on_pledge(row, actors)
    subject = db.session.execute(sa.select(model.id, model.version).where(model.public_id == row)).one()
    newest = lawful.last_event()
    db.session.rollback()
    outcomes = at_once(site.app, (acts * AT_ONCE)[:AT_ONCE])
    version = db.session.scalar(sa.select(model.version).where(model.id == subject.id))
    left = db.session.scalar(sa.select(sa.func.count()).where(Event.id > newest))
    db.session.rollback()
    wrong = errors(outcomes)
    if (done(outcomes), left, version) != (1, 1, subject.version + 1):
        wrong.append(f"{model.__name__}: {done(outcomes)} winners, {left} events, version {version}")
    return wrong[:1]


def on_request(row: uuid.UUID, actors: dict[str, Any]) -> list[Callable[[], Any]]:
    """Take up, give back, take back: each would be lawful alone."""
    return [
        partial(handling.take_up, row, actor=actors["triage_officer"], version=1),
        partial(handling.return_note, row, actor=actors["programme_manager"], version=1, reason="Not in order."),
        partial(authorisation.withdraw, row, actor=actors["authority"], version=1, reason="Another partner helps."),
    ]


def on_pledge(row: uuid.UUID, actors: dict[str, Any]) -> list[Callable[[], Any]]:
    """Sign, take back, refuse, let lapse."""
    reason = {"version": 1, "reason": "There is a reason."}
    return [
        partial(money.sign, row, actor=actors["donor_signatory"], version=1),
        partial(money.withdraw, row, actor=actors["donor_officer"], **reason),
        partial(money.refuse, row, actor=actors["programme_manager"], **reason),
        partial(money.lapse, row, actor=actors["programme_manager"], **reason),
    ]


DRILLS = [Drill(("G8",), run)]
