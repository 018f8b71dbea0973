"""G7: what a person typed is not lost, whatever is wrong; pressing twice, or twenty times at once, does it once."""

import uuid
from functools import partial

import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings

from tests.drills.at_once import at_once, errors
from tests.drills.frame import Drill, DrillSite, Outcome
from tests.rights import forms, probing, world
from tests.rights.forms import Form
from tests.rights.world import World
from tests.services.client import Client
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db

INPUTS, ROUNDS, AT_ONCE = 5_000, 500, 20
# The forms in which people write most; the others get a fiftieth of the inputs.
MAIN = {
    "accounts.ask",
    "accounts.invite",
    "assistance.authorise",
    "assistance.step where",
    "participation.delegates",
    "pledges.new",
    "pledges.record_receipt",
    "triage.ask",
    "triage.prepare_decision declined",
}


def run(site: DrillSite) -> list[Outcome]:
    """All of it on one site."""
    site.app.test_client_class = Client
    made = world.build()
    probing.sign_everybody_in(site.app, made)
    found = forms.found_on(site.app, made)
    sent, wrong = bad_inputs(site, made, found)
    rounds = site.some_of(ROUNDS, least=3)
    problems = [problem for _ in range(rounds) for problem in pressed_at_once(site.app, made)]
    shown = f": {(wrong + problems)[0][:300]}" if wrong or problems else ""
    return [
        Outcome(
            "G7",
            f"{sent} bad inputs to {len(found)} forms, {len(wrong)} lost or broke; "
            f"{rounds} x {AT_ONCE} pressed at once, {len(problems)} without exactly one record and one answer{shown}",
            "nothing lost, one record",
            not wrong and not problems and len(found) > 60,
        )
    ]


def bad_inputs(site: DrillSite, made: World, found: list[Form]) -> tuple[int, list[str]]:
    """Send every form what nobody expects; gives how many were sent and what was wrong."""
    sent, wrong = 0, []
    with probing.nothing_kept():
        for form in found:
            main = forms.endpoint_of(site.app, form) in MAIN
            count = site.some_of(INPUTS if main else INPUTS // 50, least=2)
            wrong += one_form(site.app, made, form, count)
            sent += count
    return sent, wrong


def one_form(app: Flask, made: World, form: Form, count: int) -> list[str]:
    """`count` bodies for one form; gives what was wrong, each sentence with the body that did it."""
    wrong: list[str] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(forms.filled(form))
    def try_one(drawn: tuple[dict[str, str], str]) -> None:
        problem = forms.send(app, made, form, *drawn)
        if problem:
            wrong.append(problem)

    try_one()
    return wrong


def pressed_at_once(app: Flask, made: World) -> list[str]:
    """Twenty times the same form with the same key: one request, and the same answer for all."""
    before = count_requests()
    body = {"csrf_token": "", "key": str(uuid.uuid4()), "kind": "technical", "language": "en"}
    press = partial(new_request, app, made.cookies["drafter"], body)
    answers = at_once(app, [press] * AT_ONCE)
    wrong = errors(answers)
    if len(set(map(str, answers))) != 1 or count_requests() != before + 1:
        wrong.append(f"{count_requests() - before} records, answers {set(map(str, answers))}")
    return wrong[:1]


def new_request(app: Flask, cookie: str, body: dict[str, str]) -> tuple[int, str]:
    """Press the button in a browser of one's own."""
    client = app.test_client(use_cookies=False)
    response = client.post("/requests/new", data=body, headers={"Cookie": cookie})
    return response.status_code, response.headers.get("Location", "")


def count_requests() -> int:
    count = db.session.scalar(sa.select(sa.func.count()).select_from(AssistanceRequest)) or 0
    db.session.rollback()
    return count


DRILLS = [Drill(("G7",), run)]
