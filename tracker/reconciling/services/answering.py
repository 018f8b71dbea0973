"""What a person says of an entry or a step that does not agree: why, or which step it is."""

import uuid

import sqlalchemy as sa

from tracker import events
from tracker.calendar.now import now
from tracker.database.transactions import delete_where, update_where
from tracker.database.verbs import verb
from tracker.errors import Conflict, Stale
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.pledges.models import Pledge
from tracker.pledges.services import forget_confirmations_by_entries
from tracker.pledges.services.promises import required_reason
from tracker.reconciling import queries
from tracker.reconciling.matching import How
from tracker.reconciling.models import EntryMatch, FinanceEntry, PostingRemark
from tracker.reconciling.policies import RULES, MatchFacts, ReconcilingAction, SaidFacts, WaitingFacts
from tracker.reconciling.services.comparing import confirm
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize

_CHANGED = lazy("Somebody changed this while you had the page open.")


@verb
def explain_entry(public_id: uuid.UUID, *, actor: Actor, version: int | None, remark: str) -> str:
    """Say why an entry is missing here or differs, so that it waits no more; gives its public id."""
    found = queries.get_entry(public_id, actor)
    authorize(RULES, ReconcilingAction.EXPLAIN_ENTRY, actor, WaitingFacts(found.waits))
    facts = {"remark": required_reason(remark), "remarked_by_id": actor.person_id, "remarked_at": now()}
    _touch(found.entry, version, **facts)
    events.record("reconciling.entry_explained", found.entry, actor=actor)
    return str(public_id)


@verb
def match_by_person(public_id: uuid.UUID, *, actor: Actor, version: int | None, act_id: uuid.UUID) -> str:
    """Say which step an entry is, among those that it could be; gives the entry's public id."""
    queries.hold_source(queries.get_entry(public_id, actor).entry.source_id)
    found = queries.get_entry(public_id, actor)  # whoever held the source before may have matched it
    chosen = next((one for one in queries.candidates(found.entry, actor) if one.act_public_id == act_id), None)
    waits = found.waits and not found.matches
    authorize(RULES, ReconcilingAction.MATCH, actor, MatchFacts(waits, could_be=chosen is not None))
    if chosen is None:  # the rule has refused it
        raise Conflict
    _touch(found.entry, version)
    said = {"how": How.PERSON.value, "agrees": chosen.says_the_same(found.entry), "by_id": actor.person_id}
    entry = found.entry
    db.session.add(EntryMatch(entry_id=entry.id, source_id=entry.source_id, act_id=chosen.act_id, **said))
    db.session.flush()
    confirm(entry.source_id)
    events.record("reconciling.entry_matched", entry, actor=actor, act_id=chosen.act_id)
    return str(public_id)


@verb
def reopen_entry(public_id: uuid.UUID, *, actor: Actor, version: int | None) -> str:
    """Take back what a person said of an entry: why it does not agree, or which step it is. It waits again; gives its
    public id."""
    queries.hold_source(queries.get_entry(public_id, actor).entry.source_id)
    found = queries.get_entry(public_id, actor)
    authorize(RULES, ReconcilingAction.REOPEN, actor, SaidFacts(found.is_said))
    entry, seen = found.entry, found.entry.version if version is None else version
    said = {"remark": None, "remarked_by_id": None, "remarked_at": None}
    same = FinanceEntry.id == entry.id, FinanceEntry.version == seen
    if not update_where(FinanceEntry, *same, version=seen + 1, **said):
        raise Stale(_CHANGED)
    chosen = EntryMatch.entry_id == entry.id, EntryMatch.how == How.PERSON
    others = sa.select(EntryMatch.act_id).where(EntryMatch.entry_id != entry.id, EntryMatch.agrees)
    theirs = sa.select(EntryMatch.act_id).where(*chosen, EntryMatch.act_id.not_in(others))
    forget_confirmations_by_entries(theirs)
    delete_where(EntryMatch, *chosen)
    events.record("reconciling.entry_reopened", entry, actor=actor, remark=entry.remark)
    return str(public_id)


def _touch(entry: FinanceEntry, version: int | None, **facts: object) -> None:
    seen = entry.version if version is None else version
    same = FinanceEntry.id == entry.id, FinanceEntry.version == seen, FinanceEntry.remark.is_(None)
    if not update_where(FinanceEntry, *same, version=FinanceEntry.version + 1, **facts):
        raise Stale(_CHANGED)


@verb
def explain_posting(act_id: uuid.UUID, *, actor: Actor, remark: str) -> str:
    """Say why a step of the ledger is missing in the finance system; gives the step's public id."""
    found = queries.get_posting(act_id, actor)
    authorize(RULES, ReconcilingAction.EXPLAIN_POSTING, actor, WaitingFacts(found.waits))
    pledge = db.session.scalars(sa.select(Pledge).where(Pledge.id == found.pledge_id).with_for_update()).one()
    if db.session.get(PostingRemark, found.act_id) is not None:
        raise Stale(_CHANGED)
    said = {"remark": required_reason(remark), "by_id": actor.person_id}
    db.session.add(PostingRemark(act_id=found.act_id, **said))
    events.record("reconciling.posting_explained", pledge, actor=actor, act_id=found.act_id)
    return str(act_id)
