"""The production set for real: PostgreSQL with its two roles, a broker over TCP, gunicorn, two workers, beat."""

import json
import secrets
import urllib.request
from dataclasses import replace

import pytest

from tests.factories.accounts import person
from tests.services.postgresql import wait_for
from tracker.accounts.models import Person
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.settings import keys
from tracker.settings.keys import KeyRing

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.production, pytest.mark.xdist_group("production")]


def health(url: str) -> dict:
    with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
        return json.load(answer)


def test_every_part_works_and_the_site_outlives_its_broker(production_set):
    production_set.start()
    assert health(production_set.url)["status"] == "ok"
    wait_for(lambda: "ok    beat" in production_set.command("setup", "check"), seconds=60, what="beat's sign of life")
    report = production_set.command("setup", "check", "--mail-to", "operator@example.org")
    # A new database has no backup yet, and not the two administrators that giving an office role takes.
    mends = [line.removeprefix("MEND").strip() for line in report.splitlines() if line.startswith("MEND")]
    assert all(one.startswith(("backup target", "administrators")) for one in mends), report
    assert "2 running" in report
    assert production_set.smtp.to("operator@example.org")

    production_set.broker.kill()
    assert health(production_set.url)["broker"] == "down"
    production_set.broker.start()
    assert health(production_set.url)["status"] == "ok"


@pytest.mark.parametrize("start", ["start_web", "start_worker"])
def test_a_demonstration_account_keeps_it_from_starting(production_set, start):
    someone = person("triage_officer")
    with transaction():
        db.session.get(Person, someone.person_id).demonstration = True
    refused = getattr(production_set, start)()
    assert refused.popen.wait(30) != 0
    assert "demonstration accounts" in refused.log.read_text()


def test_keys_of_a_demonstration_and_sqlite_keep_it_from_starting(production_set, tmp_path):
    rings = {name: KeyRing.parse(keys.GENERATED_PREFIX + secrets.token_urlsafe(32)) for name in keys.NAMES}
    sqlite = f"sqlite:///{tmp_path}/tracker.sqlite3"
    production_set.settings = replace(production_set.settings, database_url=sqlite, key_rings=rings)
    refused = production_set.start_web()
    assert refused.popen.wait(30) != 0
    said = refused.log.read_text()
    assert "SQLite" in said
    for name in keys.NAMES:
        assert f"{name.upper()}_KEY was generated" in said
