"""`make migration MESSAGE="…"`: write the newest revision, the difference between the last landed one and the models.

A revision that has landed (tools/landed.py) is never touched; one that has not is written anew until it lands."""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp, MigrationScript
from flask import current_app
from flask_migrate import upgrade

from migrations import comparing
from tools import landed
from tracker import create_app
from tracker.extensions import db
from tracker.settings.configuration import ROOT, Settings
from tracker.setup import revision as revisions

LONGEST_NAME = 32  # the width of alembic_version.version_num
SEAL = "# As `make migration` wrote it: "


class Refused(Exception):
    """Nothing was written; the message says why and what to do."""


def main() -> int:
    """Write the newest revision for the models as they are; give the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({"DATA_DIR": folder}))
        with app.app_context():
            try:
                path = write(db.metadata, message=os.environ.get("MESSAGE", ""), anew=bool(os.environ.get("ANEW")))
            except Refused as problem:
                print(problem, file=sys.stderr)
                return 1
    print(f"{path.relative_to(ROOT)}: read it, and add by hand what rows need to follow")
    return 0


def write(metadata: sa.MetaData, *, message: str = "", anew: bool = False, folder: Path = revisions.VERSIONS) -> Path:
    """Write the revision that has not landed yet, or a new one, and HEAD; give its path. Raise Refused.

    What somebody edited by hand is lost only where `anew` asks for that."""
    path = landed.pending(folder) or _new(message, folder)
    if path.exists() and edited(path) and not anew:
        raise Refused(
            f"{path.name} was edited by hand and stays as it is (ANEW=1 writes it anew, without what was edited).\n"
            f"Beside what is in it the models ask for:\n\n"
            f"{source(metadata, path, folder=folder, beside=_revision(path))}"
        )
    path.write_text(content(metadata, path, message=message, folder=folder))
    (folder / "HEAD").write_text(f"{_revision(path)}\n")
    return path


def content(metadata: sa.MetaData, path: Path, *, message: str = "", folder: Path = revisions.VERSIONS) -> str:
    """The whole file at `path` as the models ask for it; its first sentence stays unless there is another message."""
    body = source(metadata, path, folder=folder)
    kept = re.match(r'"""(.+?)"""', path.read_text()) if path.exists() and not message else None
    sentence = kept[1] if kept else _sentence(message)
    imports = ["import sqlalchemy as sa", "from alembic import op"]
    if "postgresql." in body:
        imports.append("from sqlalchemy.dialects import postgresql")
    before = _before(path, folder)
    head = [f'"""{sentence}"""', "", *imports, "", f'revision = "{_revision(path)}"']
    head += [f'down_revision = "{before}"' if before else "down_revision = None"]
    text = "\n".join([*head, "branch_labels = None", "depends_on = None", "", "", body])
    return sealed(_formatted(text) if before else text)


def source(metadata: sa.MetaData, path: Path, *, folder: Path, beside: str | None = None) -> str:
    """Both functions of the revision at `path`, as text: from the revision before it, or from `beside`, to the models.

    The first is plain; a later one changes tables, which SQLite does by copying them (batches)."""
    before = beside or _before(path, folder)
    with _scratch(before, folder) as connection:
        options = {**comparing.OPTIONS, "target_metadata": metadata}
        script = produce_migrations(MigrationContext.configure(connection, opts=options), metadata)
    return "\n\n".join(_functions(script, batches=before is not None))


def _functions(script: MigrationScript, *, batches: bool) -> Iterator[str]:
    for name, operations in (("upgrade", script.upgrade_ops), ("downgrade", script.downgrade_ops)):
        assert operations is not None
        code = render_python_code(operations, render_as_batch=batches, render_item=comparing.OPTIONS["render_item"])
        lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
        lines = [line.replace("astext_type=Text()", "astext_type=sa.Text()") for line in lines]
        body = [*lines, *_keys_added_later(script)] if name == "upgrade" else [*_keys_dropped_first(script), *lines]
        yield f"def {name}() -> None:\n" + "\n".join(body).rstrip() + "\n"


ONLY_POSTGRESQL = '    if op.get_bind().dialect.name == "postgresql":  # SQLite has them in its tables'


def _keys_added_later(script: MigrationScript) -> list[str]:
    """Foreign keys of new tables that refer to each other, which PostgreSQL is given once both are there."""
    lines = []
    for key in _mutual_keys(script):
        ours, theirs = key.column_keys, [element.target_fullname.rpartition(".")[2] for element in key.elements]
        names = f'"{key.name}", "{key.parent.name}", "{key.referred_table.name}"'
        lines.append(f"        op.create_foreign_key({names}, {list(ours)!r}, {theirs!r})")
    return [ONLY_POSTGRESQL, *lines] if lines else []


def _keys_dropped_first(script: MigrationScript) -> list[str]:
    dropped = [
        f'        op.drop_constraint("{key.name}", "{key.parent.name}", type_="foreignkey")'
        for key in _mutual_keys(script)
    ]
    return [ONLY_POSTGRESQL, *dropped] if dropped else []


def _mutual_keys(script: MigrationScript) -> list[sa.ForeignKeyConstraint]:
    assert script.upgrade_ops is not None
    made = {operation.table_name for operation in script.upgrade_ops.ops if isinstance(operation, CreateTableOp)}
    tables = (db.metadata.tables[name] for name in sorted(made & db.metadata.tables.keys()))
    keys = (key for table in tables for key in table.foreign_key_constraints if key.use_alter)
    return sorted(keys, key=lambda key: str(key.name))


@contextmanager
def _scratch(revision: str | None, folder: Path) -> Iterator[sa.Connection]:
    """A connection to a new SQLite database that stands at `revision`, empty when that is None."""
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/scratch.sqlite3"
        if revision:
            kept = current_app.extensions["tracker_settings"]
            there = replace(kept, database_url=url, migration_database_url=url)
            current_app.extensions["tracker_settings"] = there
            try:
                upgrade(directory=str(folder.parent), revision=revision)
            finally:
                current_app.extensions["tracker_settings"] = kept
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            yield connection


def _new(message: str, folder: Path) -> Path:
    name = "_".join(re.findall(r"[a-z0-9]+", message.lower()))[:LONGEST_NAME].strip("_")
    if not name:
        raise Refused('Every revision has landed: say what the next one does, as in make migration MESSAGE="Add …".')
    if name in revisions.known(folder):
        raise Refused(f"There is a revision {name} already: say in other words what the new one does.")
    return folder / f"{len(revisions.known(folder)) + 1:04}_{name}.py"


def _sentence(message: str) -> str:
    text = " ".join(message.replace('"', "'").replace("\\", "/").split())
    return f"{text[:1].upper()}{text[1:]}" + ("" if text.endswith(".") else ".")


def _revision(path: Path) -> str:
    return path.stem.partition("_")[2]


def _before(path: Path, folder: Path) -> str | None:
    """The revision that the one at `path` follows."""
    earlier = [other for other in landed.files(folder) if other.name < path.name]
    return _revision(earlier[-1]) if earlier else None


def _formatted(text: str) -> str:
    """As the rest of the code is formatted; the first revision, which is a list of tables, is left as it comes."""
    command = [sys.executable, "-m", "ruff", "format", "--quiet", "-"]
    return subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=True).stdout


def sealed(text: str) -> str:
    """`text` with a last line that tells whether somebody edited what stands above it."""
    return f"{text}\n\n{SEAL}{hashlib.sha256(text.encode()).hexdigest()[:16]}\n"


def edited(path: Path) -> bool:
    """Whether somebody edited the file since it was written by `write`."""
    text = path.read_text()
    return text != sealed(text.rpartition(f"\n\n{SEAL}")[0])


if __name__ == "__main__":
    sys.exit(main())
