"""Finding which entries are which steps: after each file, and again when steps were recorded since."""

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
    found = sum(compare(source.id) for source in sources)
    if sources:
        events.record("reconciling.compared", sources[0], actor=actor, matched=found)
    return found


def compare(source_id: int) -> int:
    """Match what can be matched of one source, inside a verb; gives how many entries were. An entry that was matched
    with a step which was taken back since is free again."""
    queries.hold_source(source_id)
    queries.free_of_reversed(source_id)
    found = match(queries.entries_without_a_step(source_id), queries.posted(source_id))
    rows = [
        {"entry_id": one.entry_id, "source_id": source_id, "act_id": act_id, "how": one.how, "agrees": one.agrees}
        for one in found
        for act_id in one.act_ids
    ]
    if rows:
        db.session.execute(sa.insert(EntryMatch), rows)
    confirm(source_id)
    return len(found)


def confirm(source_id: int) -> None:
    """Say of the steps that entries of a source are, and agree with, that the finance system has them, too: by nobody
    who read the file of the entry or matched it by hand."""
    found = queries.not_confirmed_yet(source_id)
    for start in range(0, len(found), CHUNK):
        confirm_by_entries(found[start : start + CHUNK])
