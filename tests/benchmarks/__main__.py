"""`make bench`: what pages cost, in milliseconds and in bare Flask pages with one ORM query and 50 rows.

Prints a table for each engine and writes var/bench.json; gives 1 when a page takes more statements than it may.
ROWS=1000 fills less, ENGINES=sqlite leaves PostgreSQL out.
"""

import json
import logging
import os
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

import sqlalchemy as sa
import structlog
from flask import Flask, render_template_string

from tests.benchmarks.filling import PLACES, People, fill
from tests.benchmarks.measuring import Figure, Visit, report
from tests.factories.accounts import Someone
from tests.services import network
from tests.services.client import Client
from tests.services.databases import PostgresqlDatabase, SqliteDatabase, close
from tests.services.people import sign_in
from tests.services.postgresql import Server
from tracker import create_app
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.settings.configuration import ROOT, Settings

LIST_BUDGET, REQUEST_BUDGET = 6, 8
BARE = "<table>{% for row in rows %}<tr><td>{{ row.reference }}</td><td>{{ row.title }}</td></tr>{% endfor %}</table>"


def main() -> int:
    """Fill, measure, print a table for each engine."""
    rows = int(os.environ.get("ROWS") or 100_000)
    engines = os.environ.get("ENGINES", "sqlite,postgresql").split(",")
    figures = {engine: on_a_database_of_its_own(engine, rows) for engine in engines}
    told = {engine: [asdict(figure) for figure in found] for engine, found in figures.items()}
    file = ROOT / "var" / "bench.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({"rows": rows, "engines": told}, indent=1) + "\n")
    return 0 if all(figure.held for found in figures.values() for figure in found) else 1


def on_a_database_of_its_own(engine: str, rows: int) -> list[Figure]:
    """Measure one engine; leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    server = Server.start() if engine == "postgresql" else None
    database = PostgresqlDatabase(server, "bench") if server else SqliteDatabase(folder)
    environ = {"DATA_DIR": str(folder / "data"), "PORT": str(network.free_port()), "RATE_LIMITS": "off"}
    settings = Settings.from_env(environ)
    try:
        database.prepare(settings)
        database.reset()
        settings = database.settings(settings)
        app = create_app(settings)
        app.testing, app.test_client_class = True, Client
        app.config["WTF_CSRF_ENABLED"] = False
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))  # there is no broker
        with app.app_context():
            started = time.monotonic()
            people = fill(rows)
            seconds = time.monotonic() - started
            print(f"\n{engine}: {rows:,} requests, filled in {seconds:.0f} s ({rows / seconds:,.0f} a second)")
            measure_tables(settings.migration_database_url)
            figures = report(visits(app, people))
        close(app)
        return figures
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def measure_tables(url: str) -> None:
    """Measure the tables for the planner, as housekeeping does on SQLite and PostgreSQL by itself."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")


def visits(app: Flask, people: People) -> dict[str, tuple[Visit, int | None]]:
    """What is measured and in how many statements, the bare page first."""
    public_id = db.session.scalar(sa.select(AssistanceRequest.public_id).order_by(AssistanceRequest.id.desc()).limit(1))
    db.session.rollback()
    queue, show = "/triage/queue", f"/triage/requests/{public_id}"
    name = PLACES[-1]
    lists = {
        "queue": queue,
        "search, a name": f"{queue}?status=all&q={name}+forensic",
        "search, common": f"{queue}?q=forensic+customs",
        "common, all": f"{queue}?status=all&q=forensic+customs",
        "common, closed": f"{queue}?status=closed&q=forensic+customs",
        "search, nothing": f"{queue}?q=xylophone",
    }
    new = {"kind": "technical", "language": "en"}
    return {
        "bare page": (bare(app), None),
        **{name: (page(app, people.officer, address), LIST_BUDGET) for name, address in lists.items()},
        "request page": (page(app, people.officer, show), REQUEST_BUDGET),
        "State's list": (page(app, people.drafter, "/requests"), LIST_BUDGET),
        "create": (posting(app, people.drafter, "/requests/new", new), None),
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


if __name__ == "__main__":
    sys.exit(main())
