"""What others hold on to: addresses, tables, tasks, long work, commands, events and messages, a line each. Who may what
at each address is tests/rights/matrix.txt, which lies beside it.

`python -m tools.surface` prints it. `python -m tools.surface OLD NEW RENAMES` compares two such lists, after the names
in the columns `old` and `new` of the CSV file RENAMES were exchanged, and prints every other difference.
"""

import csv
import importlib
import pkgutil
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from babel.messages.pofile import read_po
from flask import Flask
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from tracker import create_app
from tracker.extensions import celery, db
from tracker.settings.configuration import ROOT, Settings

NAMED = re.compile(
    r"\"((?:accounts|assistance|clock|files|imports|instalment|jobs|nomination|participation|pledges|reference)\.[a-z_]+)\""
)


def surface() -> list[str]:
    """Every line, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings.from_env({"DATA_DIR": folder}))
    return sorted({*addresses(app), *tables(), *work(app), *words()})


def addresses(app: Flask) -> Iterator[str]:
    """Address, methods, endpoint, and who may enter."""
    for rule in app.url_map.iter_rules():
        who = sorted(getattr(app.view_functions[rule.endpoint], "access", ()))
        yield f"address {rule.rule} {sorted(rule.methods or ())} {rule.endpoint} {who}"


def tables() -> Iterator[str]:
    """The definition of every table and index on both engines, a line for each column and constraint."""
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        for table in db.metadata.sorted_tables:
            definitions: list[sa.schema.ExecutableDDLElement] = [CreateTable(table), *map(CreateIndex, table.indexes)]
            for definition in definitions:
                for line in str(definition.compile(dialect=dialect)).splitlines():
                    if line.strip(" ,)"):
                        yield f"table {dialect.name} {table.name}: {line.strip().rstrip(',')}"


def work(app: Flask) -> Iterator[str]:
    """Tasks of the workers, kinds of long work, commands, and events that verbs record."""
    from tracker.jobs import work as jobs

    workers = importlib.import_module("workers")
    for module in pkgutil.iter_modules(workers.__path__):
        if module.name != "celery_app":  # it wants a database to be there
            importlib.import_module(f"workers.{module.name}")
    celery.set_default()
    celery.finalize()
    yield from (f"task {name}" for name in celery.tasks if not name.startswith("celery."))
    yield from (f"long work {name}" for name in jobs._kinds)
    for command in app.cli.commands.values():
        yield from (f"command {command.name} {name}" for name in getattr(command, "commands", {"": None}))
    # Names of events stand as constants where they are recorded, told and put into words.
    for path in (ROOT / "tracker").rglob("*.py"):
        if "views" not in path.with_suffix("").parts:
            yield from (f"event {name}" for name in NAMED.findall(path.read_text(encoding="utf-8")))


def words() -> Iterator[str]:
    """The messages of the French catalogue, which is complete."""
    with (ROOT / "tracker" / "translations" / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as source:
        for message in read_po(source, locale="fr"):
            if message.id:
                yield f"message {message.id!r}: {message.string!r}"


def differences(old: list[str], new: list[str], renames: list[tuple[str, str]]) -> list[str]:
    """Lines of one list only, with "-" or "+" before them, once the old names were exchanged for the new."""
    for before, after in renames:
        whole = re.compile(rf"(?<![\w.]){re.escape(before)}(?![\w-])")
        old = [whole.sub(after, line) for line in old]
    return [f"- {line}" for line in sorted(set(old) - set(new))] + [f"+ {line}" for line in sorted(set(new) - set(old))]


def main(arguments: list[str]) -> int:
    """Print the surface, or the differences of two; 1 when there are any."""
    if not arguments:
        print("\n".join(surface()))
        return 0
    old, new, table = (Path(name) for name in arguments)
    with table.open(encoding="utf-8", newline="") as source:
        renames = [(row["old"], row["new"]) for row in csv.DictReader(source)]
    found = differences(old.read_text().splitlines(), new.read_text().splitlines(), renames)
    print("\n".join(found))
    print(f"{len(found)} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
