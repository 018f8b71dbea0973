"""`make bench`: medians beside a bare Flask page with one ORM query and 50 rows, in one run.

ROWS=1000 fills less, ENGINES=sqlite leaves PostgreSQL out."""

import gc
import logging
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
import structlog
from flask import Flask, render_template_string

from tests.benchmarks.filling import PLACES, People, fill
from tests.factories.accounts import Someone
from tests.services import network
from tests.services.client import Client
from tests.services.databases import PostgresqlDatabase, SqliteDatabase, close
from tests.services.people import sign_in
from tests.services.postgresql import Server
from tracker import create_app
from tracker.assistance.models import AssistanceRequest
from tracker.config import Settings
from tracker.extensions import db

WARM, MEASURED = 5, 40
BARE = "<table>{% for row in rows %}<tr><td>{{ row.reference }}</td><td>{{ row.title }}</td></tr>{% endfor %}</table>"
NOT_COUNTED = ("BEGIN", "COMMIT", "ROLLBACK", "SET", "SAVEPOINT", "RELEASE")

Visit = Callable[[], int]


def main() -> int:
    """Fill, measure, print a table for each engine."""
    rows = int(os.environ.get("ROWS") or 100_000)
    for engine in os.environ.get("ENGINES", "sqlite,postgresql").split(","):
        on_a_database_of_its_own(engine, rows)
    return 0


def on_a_database_of_its_own(engine: str, rows: int) -> None:
    """Measure one engine; leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    server = Server.start() if engine == "postgresql" else None
    database = PostgresqlDatabase(server, "bench") if server else SqliteDatabase(folder)
    settings = Settings.from_env({"DATA_DIR": str(folder / "data"), "PORT": str(network.free_port())})
    try:
        database.prepare(settings)
        database.reset()
        app = create_app(database.settings(settings))
        app.testing, app.test_client_class = True, Client
        app.config["WTF_CSRF_ENABLED"] = False
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))  # there is no broker
        with app.app_context():
            started = time.monotonic()
            people = fill(rows)
            seconds = time.monotonic() - started
            print(f"\n{engine}: {rows:,} requests, filled in {seconds:.0f} s ({rows / seconds:,.0f} a second)")
            report(app, visits(app, people))
        close(app)
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def visits(app: Flask, people: People) -> dict[str, Visit]:
    """What is measured, the bare page first."""
    public_id = db.session.scalar(sa.select(AssistanceRequest.public_id).order_by(AssistanceRequest.id.desc()).limit(1))
    db.session.rollback()
    queue, show = "/triage/queue", f"/triage/requests/{public_id}"
    return {
        "bare page": bare(app),
        "queue": page(app, people.officer, queue),
        "search, a name": page(app, people.officer, f"{queue}?status=all&q={PLACES[-1]}+forensic"),
        "search, common": page(app, people.officer, f"{queue}?q=forensic+customs"),
        "request page": page(app, people.officer, show),
        "State's list": page(app, people.drafter, "/requests"),
        "create": posting(app, people.drafter, "/requests/new", {"kind": "technical", "language": "en"}),
    }


def bare(app: Flask) -> Visit:
    """One ORM query, 50 rows, nothing else."""
    plain = Flask("bare")
    plain.config["SQLALCHEMY_DATABASE_URI"] = app.config["SQLALCHEMY_DATABASE_URI"]

    @plain.get("/")
    def rows() -> str:
        with sa.orm.Session(engine) as session:
            wanted = sa.select(AssistanceRequest).order_by(AssistanceRequest.id.desc()).limit(50)
            return render_template_string(BARE, rows=session.scalars(wanted).all())

    engine = db.engine
    client = plain.test_client()
    return lambda: client.get("/").status_code


def page(app: Flask, someone: Someone, address: str) -> Visit:
    """A signed-in person opens a page."""
    client = sign_in(app.test_client(), someone)
    return lambda: client.get(address, headers={"Accept-Encoding": "gzip"}).status_code


def posting(app: Flask, someone: Someone, address: str, values: dict[str, str]) -> Visit:
    """A signed-in person sends a form."""
    client = sign_in(app.test_client(), someone)
    return lambda: client.post(address, data=values).status_code


def report(app: Flask, measured: dict[str, Visit]) -> None:
    """One line a page: median, 95th percentile, statements, how many bare pages it costs."""
    statements: list[str] = []

    @sa.event.listens_for(db.engine, "before_cursor_execute")
    def count(_connection, _cursor, statement, *_rest) -> None:
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            statements.append(statement)

    print(f"  {'page':14} {'median':>9} {'95 %':>9} {'statements':>11} {'bare pages':>11}")
    base = 0.0
    for name, visit in measured.items():
        for _ in range(WARM):
            visit()
        gc.collect()
        gc.freeze()  # as tracker/serving.py does
        times, status = [], 0
        for _ in range(MEASURED):
            statements.clear()
            started = time.perf_counter()
            status = visit()
            times.append((time.perf_counter() - started) * 1000)
        median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        base = base or median
        word = "" if status < 400 else f"  answered {status}"
        print(
            f"  {name:14} {median:6.1f} ms {slow:6.1f} ms {len(statements):11} {median / base:11.1f}{word}", flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
