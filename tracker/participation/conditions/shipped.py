"""The first version, with which the tracker is delivered: plain words of ours, which nobody has approved."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa

from tracker.extensions import db
from tracker.participation.conditions.models import ConditionsText, ConditionsVersion

DATA = Path(__file__).parent / "data"
HOLDS_FROM = date(2026, 1, 1)


def load() -> int:
    """Add it where there is no version at all; gives how many rows. Runs with the other reference data."""
    if db.session.scalar(sa.select(ConditionsVersion.id).limit(1)) is not None:
        return 0
    row = ConditionsVersion(holds_from=HOLDS_FROM, delivered=True)
    db.session.add(row)
    db.session.flush()
    files = sorted(DATA.glob("*.txt"))
    for file in files:
        body = file.read_text(encoding="utf-8").strip()
        db.session.add(ConditionsText(conditions_id=row.id, language=file.stem, body=body))
    db.session.flush()
    return 1 + len(files)
