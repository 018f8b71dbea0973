"""Finding which entries are which steps: after each file, and again when steps were recorded since."""

from collections.abc import Mapping

import sqlalchemy as sa

from tracker import events
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.imports.runs import CHUNK
from tracker.pledges.services.confirming import confirm_by_entries
from tracker.reconciling import queries
from tracker.reconciling.matching import match
from tracker.reconciling.models import EntryMatch, FinanceSource
from tracker.reconciling.policies import RULES, ReconcilingAction
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@verb
def compare_again(*, actor: Actor) -> int:
    """Match the entries that have no step yet with what was recorded since; gives how many were found."""
    authorize(RULES, ReconcilingAction.COMPARE, actor, None)
    sources = list(db.session.scalars(sa.select(FinanceSource).order_by(FinanceSource.id)))
    found = sum(compare(source.id, said_by=actor.person_id) for source in sources)
    if sources:
        events.record("reconciling.compared", sources[0], actor=actor, matched=found)
    return found


def compare(source_id: int, *, said_by: int | None) -> int:
    """Match what can be matched of one source, inside a verb, for the person who asked; gives how many entries were."""
    queries.hold_source(source_id)
    found = match(queries.entries_without_a_step(source_id), queries.posted(source_id))
    rows = [
        {"entry_id": one.entry_id, "source_id": source_id, "act_id": act_id, "how": one.how, "agrees": one.agrees}
        for one in found
        for act_id in one.act_ids
    ]
    if rows:
        db.session.execute(sa.insert(EntryMatch), rows)
    references = queries.references_of([one.entry_id for one in found if one.agrees])
    agreeing = {act_id: references[one.entry_id] for one in found if one.agrees for act_id in one.act_ids}
    confirm(agreeing, said_by=said_by)
    return len(found)


def confirm(entries: Mapping[int, str], *, said_by: int | None) -> None:
    """Say of these steps that the finance system has them, too: entries' references by the acts' ids."""
    steps = list(entries.items())
    for start in range(0, len(steps), CHUNK):
        confirm_by_entries(dict(steps[start : start + CHUNK]), said_by=said_by)
