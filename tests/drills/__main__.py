"""`make drill`: every promise at full scale on both databases, and the journey of a seat (SEATS) in both languages.
ONLY=G4,G5 chooses, SCALE=0.1 runs a tenth, PART=2/4 the second of four parts; the parts add up in var/drill.json."""

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import structlog

from tests.drills.frame import Drill, DrillSite, Line, drills, hold
from tests.drills.report import Report
from tests.drills.seats_journey import PROMISE, walked
from tests.services import network
from tests.services.broker import Broker, forget_connections
from tests.services.databases import PostgresqlDatabase, SqliteDatabase, close
from tests.services.postgresql import Server
from tracker import create_app
from tracker.settings.configuration import ROOT, Settings


def main() -> int:
    """Print a line for each promise and engine, write var/drill.json, give 1 when a promise fell short."""
    only = set(filter(None, os.environ.get("ONLY", "").upper().split(",")))
    scale = float(os.environ.get("SCALE") or 1)
    engines = os.environ.get("ENGINES", "sqlite,postgresql").split(",")
    wanted = [drill for drill in drills() if not only or only & set(drill.promises)]
    number, parts = map(int, (os.environ.get("PART") or "1/1").split("/"))
    report = Report(ROOT / "var" / "drill.json", scale, (number, parts))
    lines: list[Line] = []
    for engine in engines:
        for new in held(wanted, engine, report, journey=number == 1 and (not only or PROMISE in only)):
            for line in new:
                print(line, flush=True)
            lines += new
            report.take(new)
    for row in report.sums() if parts > 1 else []:
        print(f"{row['promise']:4} {row['engine']:10} parts {row['parts']}, {row['minutes']} min  {row['counts']}")
    return 0 if lines and all(line.outcome.held for line in lines) else 1


def held(wanted: list[Drill], engine: str, report: Report, *, journey: bool) -> Iterator[list[Line]]:
    """The lines of each drill that is wanted, one after the other, and of the journey."""
    for drill in wanted:
        yield on_ground_of_its_own(drill, engine, report.scale, report.part)
    if journey:
        yield walked(engine)


def on_ground_of_its_own(drill: Drill, engine: str, scale: float, part: tuple[int, int]) -> list[Line]:
    """Hold one drill on a new database with a broker of its own; leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="drill-"))
    server = Server.start() if engine == "postgresql" else None
    database = PostgresqlDatabase(server, "drill") if server else SqliteDatabase(folder)
    environ = {"DATA_DIR": str(folder / "data"), "PORT": str(network.free_port()), "RATE_LIMITS": "off"}
    settings = Settings.from_env(environ)
    broker = Broker(folder / "broker", socket=settings.broker_socket)
    try:
        database.prepare(settings)
        database.reset()
        app = create_app(database.settings(settings))
        app.testing = True
        # A broker that is away is what a drill is about; the lines of the report are what counts.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        forget_connections()
        broker.start()
        with app.app_context():
            lines = hold(drill, DrillSite(app, broker, folder, scale, server, part), engine)
        close(app)
        return lines
    finally:
        broker.kill()
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
