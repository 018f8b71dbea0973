"""Write migrations/versions/0001_initial.py anew from the models (until the first release there is one such file)."""

import tempfile

import sqlalchemy as sa
from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext

from migrations import rendering
from tracker import create_app
from tracker.config import ROOT, Settings
from tracker.extensions import db

TARGET = ROOT / "migrations" / "versions" / "0001_initial.py"
HEADER = '''"""The whole schema as the models describe it; `make migration` writes this file."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


'''


def main() -> None:
    """Compare the models with an empty database and write the difference."""
    with tempfile.TemporaryDirectory() as folder:
        create_app(Settings.from_env({"DATA_DIR": folder}))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(HEADER + source())
    print(f"{TARGET.relative_to(ROOT)}: {len(db.metadata.tables)} tables")


def source() -> str:
    """Both functions of the migration, as text."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        options = {"render_item": rendering.render_item, "target_metadata": db.metadata}
        script = produce_migrations(MigrationContext.configure(connection, opts=options), db.metadata)
        both = []
        for name, operations in (("upgrade", script.upgrade_ops), ("downgrade", script.downgrade_ops)):
            code = render_python_code(operations, render_as_batch=False, render_item=rendering.render_item)
            lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
            body = "\n".join(line.replace("astext_type=Text()", "astext_type=sa.Text()") for line in lines)
            both.append(f"def {name}() -> None:\n{body.rstrip()}\n")
    return "\n\n".join(both)


if __name__ == "__main__":
    main()
