"""Every release's rows, put into a database of its revision and migrated forward: same rows, guards, living pages."""

import json
import re

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from tests.factories import pledges as make
from tests.journeys.walking import visitors, walk
from tests.services.databases import close
from tools import kept_rows, landed
from tracker.assistance.models import AssistanceRequest, GivenReason
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.pledges import verification
from tracker.reference.models import Area
from tracker.settings.configuration import ROOT
from tracker.setup import checks, differences, revision

DIRECTORY = str(ROOT / "migrations")
RELEASES = sorted(kept_rows.RELEASED.glob("*.jsonl"))
PERSONAS = ("public", "UNODC triage_officer", "UNODC finance_officer", "CIV authorising_officer", "NOR donor_officer")
PAGES = 12
"""How many pages each of them looks at, from the start page on."""


@pytest.fixture
def migrated_forward(app, settings, database):
    """Put kept rows into an empty database of their revision and bring it to the head."""

    def migrate(lines):
        db.session.remove()
        close(app)
        database.bare()
        upgrade(directory=DIRECTORY, revision=kept_rows.revision_of(lines))
        engine = sa.create_engine(settings.migration_database_url, poolclass=sa.NullPool)
        with engine.begin() as connection:
            kept_rows.load(lines, connection)
        upgrade(directory=DIRECTORY)
        for pooled in db.engines.values():
            pooled.dispose()

    return migrate


def assert_all_rows_are_there(lines):
    """Of every table and column that there still is."""
    inspector = sa.inspect(db.session.connection())
    for name, key, columns, rows in kept_rows.tables(lines):
        if not inspector.has_table(name):
            continue
        there = {column["name"] for column in inspector.get_columns(name)}
        kept = {column: kind for column, kind in columns.items() if column in there}
        places = [list(columns).index(column) for column in kept]
        found = kept_rows.read(db.session.connection(), name, kept, key)
        wanted = [[row[place] for place in places] for row in rows]
        assert sorted(map(_sortable, found)) == sorted(map(_sortable, wanted)), name


def assert_reasons_are_kept():
    """What stood on requests as a reason when it still went with the status."""
    r = AssistanceRequest
    standing = sa.union(*(sa.select(c).where(c.is_not(None)) for c in (r.withdrawal_reason, r.reopen_reason)))
    reasons = set(db.session.scalars(standing))
    assert reasons
    assert reasons <= set(db.session.scalars(sa.select(GivenReason.reason)))
    db.session.rollback()


def _sortable(row):
    """As text in which objects of JSON have one order; PostgreSQL keeps them in its own."""
    return json.dumps(row, sort_keys=True)


def assert_sound(lines):
    assert revision.of(db.session.connection()) == revision.head()
    assert_all_rows_are_there(lines)
    assert differences.between(db.session.connection()) == []
    assert verification.verify().first_wrong is None
    db.session.rollback()


@pytest.mark.parametrize("path", RELEASES or [pytest.param(None, id="none yet")])
def test_a_database_of_every_release_comes_forward(app, migrated_forward, path):
    if path is None:
        assert landed.pending() is not None, "the first release has no kept rows: `make keep-rows`"
        return
    lines = path.read_text().splitlines()
    assert path.stat().st_size <= kept_rows.LARGEST
    migrated_forward(lines)
    assert_sound(lines)
    assert_reasons_are_kept()
    app.testing = False
    chosen = [visitor for visitor in visitors() if visitor.name in PERSONAS]
    assert len(chosen) == len(PERSONAS)
    for visitor in chosen:
        for seen, _ in zip(walk(app, visitor), range(PAGES), strict=False):
            # The files themselves are not kept.
            assert seen.status < 400 or seen.endpoint.startswith("files."), f"{visitor.name} {seen.path}"


def test_rows_survive_being_kept_and_put_back(app, migrated_forward):
    """What a factory makes: money with its acts and record, a request that points at its decision and back."""
    people = make.people()
    make.allocated(people, make.funded(people), make.request_of(), 10_00)
    with transaction() as session:
        session.add(Area(code="X.1", kind="group", name_en="Ä", name_fr="é", source="a test", iati_sector=""))
    lines = list(kept_rows.dump(db.session.connection()))
    assert '"decision_id"' in "".join(lines)
    migrated_forward(lines)
    assert_sound(lines)
    with transaction() as session:
        session.add(Area(code="X.2", kind="group", name_en="B", name_fr="b", source="a test", iati_sector=""))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AssistanceRequest)) > 0


def test_of_a_long_table_some_rows_are_kept_and_those_that_others_need(app, monkeypatch):
    people = make.people()
    make.allocated(people, make.funded(people), make.request_of(), 10_00)

    def values(table, column):
        found = {name: (list(columns), rows) for name, _key, columns, rows in kept_rows.tables(dumped())}
        columns, rows = found[table]
        return [row[columns.index(column)] for row in rows]

    def dumped():
        return list(kept_rows.dump(db.session.connection()))

    everything = set(values("events", "id"))
    for table in ("events", "addressees", "deliveries", "dispatches"):
        monkeypatch.setitem(kept_rows.SHORTENED, table, 1)
    assert set(values("acts", "event_id")) < set(values("events", "id")) < everything


def test_a_row_without_its_parent_is_not_put_back(app, migrated_forward):
    make.request_of()
    lines = list(kept_rows.dump(db.session.connection()))
    start = next(number for number, line in enumerate(lines) if line.startswith('{"table":"organisations"'))
    end = next(number for number, line in enumerate(lines) if number > start and line.startswith('{"table"'))
    del lines[start:end]
    with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
        migrated_forward(lines)


def test_every_released_version_has_its_rows():
    """From the day on which the first revision landed, a version of CHANGELOG.md without kept rows is not finished."""
    versions = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert versions[0] == checks.version()
    if landed.checksums():
        assert {path.stem for path in RELEASES} == set(versions), "make keep-rows"


def test_what_was_kept_stays_and_nothing_is_kept_before_it_landed(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(kept_rows, "RELEASED", tmp_path)
    monkeypatch.setattr(landed, "pending", lambda: tmp_path)
    assert kept_rows.main() == 1
    assert "`make landed` comes first" in capsys.readouterr().err
    (tmp_path / f"{checks.version()}.jsonl").write_text("kept")
    assert kept_rows.main() == 1
    assert "are kept already" in capsys.readouterr().err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["kept"]


def test_no_secret_is_kept(app):
    make.people()
    kept = {
        name: (columns, rows)
        for name, _key, columns, rows in kept_rows.tables(list(kept_rows.dump(db.session.connection())))
    }
    assert not kept.keys() & kept_rows.LEFT_OUT
    columns, rows = kept["people"]
    assert {row[list(columns).index("password_hash")] for row in rows} == {""}
