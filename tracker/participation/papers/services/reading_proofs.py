"""What proves payments is read by the finance office, for a reason that the delegate reads, and shown once."""

import uuid
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from tracker.database.transactions import transaction
from tracker.database.verbs import verb
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.languages.marking import lazy
from tracker.languages.seen_text import shown
from tracker.participation.papers import queries
from tracker.participation.papers.lifecycle import EVIDENCE
from tracker.participation.papers.policies import RULES, PapersAction
from tracker.participation.papers.services.opening import shown_now, write_opening
from tracker.participation.papers.services.proving import Entry, entries_of
from tracker.pledges.models import Act, Disbursement
from tracker.rights.actor import Actor
from tracker.rights.rules import authorize


@dataclass(frozen=True, slots=True)
class Proof:
    """An account to which somebody was paid, with the payment as the books have it; without one where it was kept as
    the account of all payments."""

    account: Entry
    value_date: date | None = None
    reference: str = ""
    amount_minor: int = 0


@verb
def open_evidence(public_id: uuid.UUID, delegate: uuid.UUID, *, actor: Actor, reason: str) -> int:
    """Write down that the actor reads what proves the payments to somebody who sits or sat in a seat, and why; gives
    the opening, which `show_evidence_once` shows. Raises NotFound where nothing of them is kept."""
    found = queries.get(public_id, actor)
    proved = queries.proved_in(found.journey.seat, delegate)
    authorize(RULES, PapersAction.OPEN_EVIDENCE, actor, queries.facts_of(found))
    if not shown(reason):
        raise Invalid(fields={"reason": lazy("Give the reason in a few words.")})
    return write_opening(found, proved.delegate_id, [EVIDENCE], reason, actor)


def show_evidence_once(opening_id: int, *, actor: Actor) -> list[Proof]:
    """What was opened, to whoever opened it, the first time that it is asked. Raises Conflict afterwards."""
    with transaction():
        entries = entries_of(shown_now(opening_id, actor).delegate_id)
        ids = [entry["payment"] for entry in entries if entry["payment"] is not None]
        columns = Disbursement.id, Act.value_date, Act.external_reference, Disbursement.amount_minor
        rows = db.session.execute(sa.select(*columns).join(Act).where(Disbursement.id.in_(ids)))
        booked = {payment: (on, reference or "", minor) for payment, on, reference, minor in rows}
        return [Proof(entry, *booked.get(entry["payment"], ())) for entry in entries]
