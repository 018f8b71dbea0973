"""Revisions: one chain, what landed never changes, and `make migration` writes the next one for filled databases."""

import shutil

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade

from migrations import comparing
from tests.services.databases import close
from tools import landed, migration
from tracker.database.transactions import transaction
from tracker.extensions import db
from tracker.reference.models import Area
from tracker.settings.configuration import ROOT
from tracker.setup import revision

MIGRATIONS = ROOT / "migrations"


class TestEveryRevision:
    def test_that_landed_is_as_it_landed(self):
        assert landed.faults() == []

    def test_follows_the_one_before_it_up_to_the_only_head(self):
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        scripts = ScriptDirectory.from_config(config)
        assert scripts.get_heads() == [revision.head()], "migrations/versions/HEAD names the newest revision"
        assert [script.revision for script in scripts.walk_revisions()][::-1] == revision.known()

    def test_is_numbered_without_a_gap(self):
        numbers = [path.name.partition("_")[0] for path in landed.files()]
        assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]

    @pytest.mark.engine("sqlite")
    def test_that_has_not_landed_is_what_the_models_say(self, app):
        path = landed.pending()
        if path and not migration.edited(path):
            assert path.read_text() == migration.content(db.metadata, path), "run `make migration`"


class TestLanding:
    @pytest.fixture
    def folder(self, tmp_path):
        for name in ("0001_first.py", "0002_second.py"):
            (tmp_path / name).write_text(name)
            landed.land(tmp_path)
        (tmp_path / "0003_third.py").write_text("not yet")
        return tmp_path

    def test_leaves_the_newest_open_until_it_lands(self, folder):
        assert landed.pending(folder) == folder / "0003_third.py"
        assert landed.faults(folder) == []
        assert landed.land(folder) == "0003_third.py"
        assert landed.pending(folder) is None
        assert landed.land(folder) == ""

    def test_shows_what_was_changed_removed_or_overtaken(self, folder):
        (folder / "0001_first.py").write_text("other")
        (folder / "0002_second.py").unlink()
        (folder / "0004_fourth.py").write_text("")
        gone, changed, loose = landed.faults(folder)
        assert "0002_second.py landed and is gone" in gone
        assert "0001_first.py landed and was changed" in changed
        assert "0003_third.py is followed by another" in loose


@pytest.fixture
def versions(tmp_path):
    """The migrations, in a folder of their own, with everything landed."""
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    landed.land(folder / "versions")
    return folder / "versions"


@pytest.fixture
def changed_models(app):
    """The models with a column, an index and a CHECK more, and one CHECK that says something else."""
    metadata = sa.MetaData(naming_convention=db.metadata.naming_convention)
    for table in db.metadata.sorted_tables:
        table.to_metadata(metadata)
    areas, rules = metadata.tables["areas"], metadata.tables["clock_rules"]
    areas.append_column(sa.Column("colour", sa.String(20)))
    areas.append_constraint(sa.CheckConstraint("colour <> 'none'", name="colour_named"))
    sa.Index("ix_areas_colour", areas.c.colour)
    rules.constraints.remove(next(ck for ck in rules.constraints if str(ck.name).endswith("days_sensible")))
    rules.append_constraint(sa.CheckConstraint("working_days BETWEEN 0 AND 500", name="days_sensible"))
    return metadata


def differences(metadata):
    """What the database of the test still lacks."""
    with sa.create_engine(db.engine.url, poolclass=sa.NullPool).connect() as connection:
        options = {**comparing.OPTIONS, "target_metadata": metadata}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


class TestWriting:
    def test_a_landed_revision_is_followed_by_a_new_one(self, app, versions, changed_models, database):
        first = {path.name: path.read_text() for path in landed.files(versions)}
        path = migration.write(changed_models, message="Give areas a colour", folder=versions)
        assert path.name == f"{len(first) + 1:04}_give_areas_a_colour.py"
        assert revision.head(versions) == "give_areas_a_colour" == revision.known(versions)[-1]
        assert {name: (versions / name).read_text() for name in first} == first
        assert "working_days BETWEEN 0 AND 500" in path.read_text()
        assert "ck_areas_colour_named" in path.read_text()

        with transaction() as session:
            session.add(Area(code="X.1", kind="group", name_en="One", name_fr="Un", source="a test", iati_sector=""))
        db.session.remove()
        database.forget()
        upgrade(directory=str(versions.parent))
        assert db.session.scalars(sa.text("SELECT code FROM areas")).all() == ["X.1"]
        db.session.remove()
        assert differences(changed_models) == []
        assert {kind for kind, *_ in _flat(differences(db.metadata))} >= {"remove_column", "remove_index"}
        downgrade(directory=str(versions.parent), revision="-1")
        assert differences(db.metadata) == []
        close(app)

    @pytest.mark.engine("sqlite")
    def test_what_has_not_landed_is_written_anew_under_its_name(self, app, versions, changed_models):
        path = migration.write(db.metadata, message="Give areas a colour", folder=versions)
        assert "pass" in path.read_text()
        assert migration.write(changed_models, folder=versions) == path
        assert "colour" in path.read_text()
        assert path.read_text().startswith('"""Give areas a colour."""')

    @pytest.mark.engine("sqlite")
    def test_what_was_edited_by_hand_is_not_lost(self, app, versions, changed_models):
        path = migration.write(db.metadata, message="Give areas a colour", folder=versions)
        path.write_text(by_hand := path.read_text().replace("pass", "op.execute('SELECT 1')", 1))
        with pytest.raises(migration.Refused, match=r"edited by hand(.|\n)*colour"):
            migration.write(changed_models, folder=versions)
        assert path.read_text() == by_hand
        assert "SELECT 1" not in migration.write(changed_models, anew=True, folder=versions).read_text()

    @pytest.mark.engine("sqlite")
    @pytest.mark.parametrize(("message", "said"), [("", "say what the next one does"), ("V0 1 0", "in other words")])
    def test_a_new_one_needs_a_name_of_its_own(self, app, versions, message, said):
        with pytest.raises(migration.Refused, match=said):
            migration.write(db.metadata, message=message, folder=versions)


def _flat(found):
    return [one for entry in found for one in (entry if isinstance(entry, list) else [entry])]
