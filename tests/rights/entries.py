"""Entries of a finance system in the world: one that a step here could be, and a step that no entry is."""

import uuid
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import now
from tracker.database.transactions import transaction
from tracker.imports.models import ImportRun
from tracker.pledges.models import Act
from tracker.reconciling.models import FinanceEntry, FinanceSource
from tracker.reconciling.queries.ours import ours

SUBJECTS = {
    "reconciling.change_source": "finance_source",
    "reconciling.explain_entry": "finance_entry",
    "reconciling.explain_posting": "unmatched_step",
    "reconciling.match_entry": "finance_entry",
    "reconciling.reopen_entry": "explained_entry",
}
"""What their addresses are tried on."""


def made() -> dict[str, Any]:
    """A system and an entry of it, like the first step that a finance system knows; the last such step of its day."""
    with transaction() as session:
        source = FinanceSource(name="Quokkabank")
        facts = {"what": "finance_entries", "file_name": "entries.xml", "sha256": "0" * 64, "status": "done"}
        run = ImportRun(**facts, ended_at=now())
        session.add_all((source, run))
        session.flush()
        steps = session.execute(ours().order_by(Act.id)).all()
        first = steps[0]
        last = next(one for one in reversed(steps) if one.day == first.day)
        like = {name: getattr(first, name) for name in ("day", "amount_minor", "currency", "is_out")}
        entry = FinanceEntry(
            source_id=source.id, import_run_id=run.id, key="1", reference="QUOKKA-1", folded="quokka-1", **like
        )
        who = session.scalar(sa.select(Act.actor_person_id).where(Act.id == first.act_id))
        said = {"remark": "Of another fund.", "remarked_by_id": who, "remarked_at": now()}
        facts = {"source_id": source.id, "import_run_id": run.id, **like}
        explained = FinanceEntry(**facts, **said, key="2", reference="QUOKKA-2", folded="quokka-2")
        session.add_all((entry, explained))
        session.flush()
        assert session.scalar(sa.select(sa.func.count(FinanceEntry.id))) == 2
        ids: dict[str, uuid.UUID] = {"finance_source": source.public_id, "finance_entry": entry.public_id}
        ids["explained_entry"] = explained.public_id
        return {**ids, "unmatched_step": last.act_public_id, "like_the_entry": first.act_public_id}
