"""G1 and G2 at every crash point: one change with two recipients, killed at each SQL statement and at each word to
broker and mail server. State and event both or neither, each mail once at the sink or counted uncertain."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from typing import Any

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.services.processes import environment
from tests.services.smtp import SmtpSink
from tracker.settings.configuration import ROOT

FEW = 25
"""Of so many steps at least one is tried, however small the scale."""
RECIPIENTS = 2


def run(site: DrillSite) -> list[Outcome]:
    """Have the program be killed again and again, then compare what its database says with what arrived."""
    sink = SmtpSink().start()
    number, parts = site.part
    every = parts * max(1, min(FEW, round(1 / site.scale)))
    try:
        found = program(site, sink, number, every)
        arrived = Counter(str(mail.message["Message-ID"]) for mail in sink.received)
    finally:
        sink.stop()
    wrong = [problem for point in found["points"] for problem in judged(point, arrived)]
    doubtful = sum(mail[2] > 0 for point in found["points"] for mail in point["mails"])
    tried = len(found["points"]) - 1
    whole = tried - len({problem.partition(":")[0] for problem in wrong})
    counts = {"points": tried, "whole": whole, "uncertain": doubtful}
    first = f": {wrong[0]}" if wrong else ""
    return [
        Outcome(
            promise,
            f"killed at {tried} of {found['steps']} steps of one change: {whole} of {tried} whole, "
            f"{doubtful} mails uncertain{first}",
            "n of n: state and event both or neither, each mail once or uncertain",
            tried > 0 and not wrong,
            counts=counts,
        )
        for promise in ("G1", "G2")
    ]


def program(site: DrillSite, sink: SmtpSink, first: int, every: int) -> dict[str, Any]:
    """Run the program on the drill's database, broker and mail server."""
    settings = replace(
        site.app.extensions["tracker_settings"],
        smtp_url=f"{sink.url}?timeout=2",
        redis_url=site.broker.url,
        embedded_broker=False,
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.crashing", str(first), str(every)],
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def judged(point: dict[str, Any], arrived: Counter[str]) -> list[str]:
    """What is wrong with what one kill left behind."""
    step, before, after = point["step"], point["before"], point["after"]
    wrong = []
    if before["messages"] != before["events"]:
        wrong.append(f"step {step}: {before}")
    if after != {"messages": 1, "events": 1}:
        wrong.append(f"step {step}: {after} after the form was sent again")
    if len(point["mails"]) != RECIPIENTS:
        wrong.append(f"step {step}: {len(point['mails'])} mails")
    for message_id, status, uncertain in point["mails"]:
        times = arrived[message_id]
        if status != "sent" or not times or (times > 1 and not uncertain):
            wrong.append(f"step {step}: {status}, arrived {times} times, uncertain {uncertain}")
    return wrong


DRILLS = [Drill(("G1", "G2"), run)]
