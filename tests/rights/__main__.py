"""`python -m tests.rights`: write matrix.txt anew from what the application does now. Read the difference before
you commit it: a line is right because the product promises it, not because the code does it."""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.rights import matrix, probing, table, world
from tests.services.client import application
from tests.services.databases import SqliteDatabase, close
from tracker.settings.configuration import Settings


def main() -> int:
    """Write the table; give 1 when something holds that no table may allow."""
    folder = Path(tempfile.mkdtemp(prefix="rights-"))
    database = SqliteDatabase(folder)
    settings = Settings.from_env({"DATA_DIR": str(folder / "data"), "RATE_LIMITS": "off"})
    database.prepare(settings)
    database.reset()
    app = application(database.settings(settings))
    try:
        with app.app_context():
            made = world.build()
            probing.sign_everybody_in(app, made)
        found = matrix.walk(app, made)
        table.write(found.statuses)
        wrong = matrix.whatever_the_table_says(found)
        print(f"{len(found.answers)} rows, {sum(map(len, found.answers.values()))} cells in {table.PATH.name}")
        print("\n".join(wrong))
        return 1 if wrong else 0
    finally:
        close(app)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
