"""G4: money is never over-allocated. G5: the ledger can be rebuilt and not rewritten."""

import json
import subprocess
import sys

import sqlalchemy as sa
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import run_state_machine_as_test

from tests.drills.frame import Drill, DrillSite, Outcome
from tests.factories import pledges as make
from tests.pledges.model import Money, MoneyInEuro
from tests.services.processes import environment
from tests.services.rewriting import REWRITINGS, went_through
from tracker.database.append_only import MODELS
from tracker.extensions import db
from tracker.pledges import verification
from tracker.settings.configuration import ROOT

RUNS, STEPS, KILLS = 2_000, 50, 200
ROUNDS = {"postgresql": (1_000, 50), "sqlite": (500, 16)}


def run(site: DrillSite) -> list[Outcome]:
    """All of both promises, on one database."""
    engine = "sqlite" if site.app.extensions["tracker_settings"].is_sqlite else "postgresql"
    rounds, processes = ROUNDS[engine]
    crowd = processes_at_work(site, "allocate", site.some_of(rounds, least=3), processes)
    killed = processes_at_work(site, "kill", site.some_of(KILLS, least=3))
    seated = program(site, "tests.drills.seated", str(site.some_of(KILLS, least=3)))
    runs = site.some_of(RUNS, least=2)
    disagreed = play_the_model(runs)
    return [
        Outcome(
            "G4",
            f"{crowd['approvals']} approvals by {processes} at once: {crowd['above']} above, {crowd['wrong']} wrong, "
            f"{crowd['errors']} errors; {killed['kills']} kills: {killed['wrong']} wrong; "
            f"{seated['kills']} kills amid {seated['seats']} seats of rounds and promotions, given and taken back: "
            f"{seated['wrong'] or 'whole'}; "
            f"{runs} runs x {STEPS} steps: {disagreed or 'equal'}",
            "0 above, 0 errors, model equal, whole after kills",
            not (crowd["above"] or crowd["wrong"] or crowd["errors"] or killed["wrong"] or disagreed)
            and not seated["wrong"]
            and not (crowd["ledger"] or killed["ledger"]),
        ),
        rebuilt_and_not_rewritten(),
    ]


def processes_at_work(site: DrillSite, what: str, count: int, processes: int = 0) -> dict:
    """Run the program of processes on the drill's database."""
    return program(site, "tests.drills.approvers", what, str(count), str(processes))


def program(site: DrillSite, name: str, *said: str) -> dict:
    """Run a program on the drill's database; gives what it found."""
    settings = site.app.extensions["tracker_settings"]
    done = subprocess.run(
        [sys.executable, "-m", name, *said],
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return json.loads(done.stdout.strip().splitlines()[-1])


def play_the_model(runs: int) -> str:
    """Play both machines; what hypothesis found, or nothing."""
    for machine in (Money, MoneyInEuro):
        machine.people = make.people()
        options = hypothesis_settings(
            max_examples=max(1, runs // 2),
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        )
        try:
            run_state_machine_as_test(machine, settings=options)
        except AssertionError as difference:
            return f"{machine.__name__} differs: {difference}"
    return ""


def rebuilt_and_not_rewritten() -> Outcome:
    """Replay all that the drill posted; then try to change and delete a row of everything that only grows."""
    report = verification.verify()
    db.session.rollback()
    # SQLite asks a trigger for each row: a table without one refuses nothing.
    tables = [model.__tablename__ for model in MODELS if db.session.scalar(sa.select(sa.exists().select_from(model)))]
    db.session.rollback()
    kept = [statement.format(table) for table in tables for statement in went_through(table)]
    tries = len(tables) * len(REWRITINGS[db.engine.dialect.name])
    return Outcome(
        "G5",
        f"{report.transfers} transfers of {report.acts} acts replayed: {report.first_wrong or 'equal, all sums zero'}; "
        f"{tries - len(kept)} of {tries} rewritings refused{': ' + kept[0] if kept else ''}",
        "replay = balances, sums zero, all refused",
        report.first_wrong is None and report.transfers > 0 and not kept,
    )


DRILLS = [Drill(("G4", "G5"), run)]
