"""References that people quote: gapless for each kind, organisation and year, given once and kept for ever."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from tracker.calendar.now import today
from tracker.database.transactions import in_transaction
from tracker.extensions import db


class ReferenceCounter(db.Model):
    """The last number given; it moves in the transaction that uses it, so a rollback leaves no gap."""

    __tablename__ = "reference_counters"

    prefix: Mapped[str] = mapped_column(sa.String(4), primary_key=True)
    organisation_code: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


def next_reference(prefix: str, organisation_code: str, year: int | None = None) -> str:
    """The next reference, such as "PL-2026-NOR-002"; the year is the present one in Vienna unless given."""
    return next_references(prefix, organisation_code, year=year, count=1)[0]


def next_references(prefix: str, organisation_code: str, *, year: int | None = None, count: int = 1) -> list[str]:
    """`count` references in a row, taken in one statement. Raises RuntimeError outside a transaction."""
    if not in_transaction():
        raise RuntimeError("A reference was asked for outside a transaction.")
    if count < 1:
        return []
    year = year or today().year
    session = db.session()
    insert = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(ReferenceCounter)
        .values(prefix=prefix, organisation_code=organisation_code, year=year, last=count)
        .on_conflict_do_update(
            index_elements=["prefix", "organisation_code", "year"],
            set_={"last": ReferenceCounter.last + count},
        )
        .returning(ReferenceCounter.last)
    )
    last = session.execute(statement).scalar_one()
    return [f"{prefix}-{year}-{organisation_code}-{number:03d}" for number in range(last - count + 1, last + 1)]


def sort_key(reference: str) -> tuple[str, int, str, int]:
    """Orders references by kind, year, organisation and number, the number as a number."""
    prefix, year, rest = reference.split("-", 2)
    organisation_code, _, number = rest.rpartition("-")
    return prefix, int(year), organisation_code, int(number)
