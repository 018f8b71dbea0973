"""Claims go with the papers, 90 days after the settlement; a receipt that proves a payment stays seven years longer."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from tracker.calendar.now import today
from tracker.calendar.working_days import day_of
from tracker.database.transactions import transaction, update_where
from tracker.database.verbs import verb
from tracker.extensions import db
from tracker.files import services as storing
from tracker.files.models import File
from tracker.participation.claims.lifecycle import ClaimStatus, ReceiptLine, totals
from tracker.participation.claims.models import ClaimPaper, DelegateClaim
from tracker.participation.papers.lifecycle import EVIDENCE_IS_KEPT_YEARS, months_after
from tracker.participation.papers.services.erasing import due_on
from tracker.participation.papers.services.one_by_one import erase_one_by_one, record_erased
from tracker.participation.settling import queries as settling
from tracker.participation.settling.lifecycle import BY_INVOICE, LineSums
from tracker.rights.actor import Actor

C = DelegateClaim
AT_ONCE = 500
_NO_DAYS: dict[str, Any] = {"provided": {}, "first_day": None, "last_day": None}
_WITHOUT_WORDS: dict[str, Any] = {"remark": "", "asked": "", "answer": "", **_NO_DAYS}


def erase_claims() -> int:
    """Erase the claims of everybody whose seat was settled, or ended with nothing to settle, 90 days ago; gives of how
    many."""
    return erase_one_by_one(C, C.erased_on.is_(None), erase_claims_of)


@verb(events=None)
def erase_claims_of(delegate_id: int, *, actor: Actor) -> int:
    """Let texts and files of somebody's claims go, once that is due; gives 1, or 0 where it is not."""
    claims = db.session.scalars(sa.select(C).where(C.delegate_id == delegate_id, C.erased_on.is_(None))).all()
    due = due_on(delegate_id, *(day_of(claim.changed_at) for claim in claims))
    if not claims or due is None or due > today():
        return 0
    papers = _papers_of([claim.id for claim in claims])
    proofs = _proofs(claims, papers)
    until = months_after(today(), 12 * EVIDENCE_IS_KEPT_YEARS)
    for claim in claims:
        proves = any(paper.claim_id == claim.id and paper.file_id in proofs for paper in papers)
        same = C.id == claim.id, C.version == claim.version
        gone = {"erased_on": today(), "evidence_until": until if proves else None, **_WITHOUT_WORDS}
        update_where(C, *same, version=C.version + 1, **gone)
    _let_go([paper for paper in papers if paper.file_id not in proofs])
    record_erased("participation.claims_erased", delegate_id, actor=actor)
    return 1


def erase_old_receipts() -> int:
    """Let receipts go that proved payments, once nobody asks for them any more; gives of how many claims."""
    with transaction() as session:
        old = session.scalars(sa.select(C.id).where(C.evidence_until < today()).limit(AT_ONCE)).all()
        _let_go(_papers_of(old))
        update_where(C, C.id.in_(old), evidence_until=None)
        return len(old)


def _papers_of(claim_ids: Collection[int]) -> Sequence[ClaimPaper]:
    return db.session.scalars(sa.select(ClaimPaper).where(ClaimPaper.claim_id.in_(claim_ids))).all()


def _proofs(claims: Sequence[DelegateClaim], papers: Sequence[ClaimPaper]) -> set[int]:
    """The files of receipts that prove a payment, of the version of each seat that was answered last: of a line of
    which something was accepted, and paid; of something else where the delegate was paid more than the receipts of
    the lines say."""
    answered = [claim for claim in claims if claim.status == ClaimStatus.ANSWERED]
    last = {claim.seat_id: claim for claim in sorted(answered, key=lambda claim: claim.number)}
    seats = settling.with_ids(list(last)) if last else {}
    found = set()
    for seat_id, claim in last.items():
        receipts = [paper for paper in papers if paper.claim_id == claim.id and paper.line]
        proved = _proved(seats[seat_id].lines, claim.accepted, totals(receipts))
        found |= {paper.file_id for paper in receipts if paper.line in proved}
    return found


def _proved(lines: Sequence[LineSums], accepted: Mapping[str, int], claimed: Mapping[str, int]) -> set[str]:
    """For what receipts prove a payment."""
    proved = {line.kind for line in lines if line.paid_minor > 0 and accepted.get(line.kind, 0) > 0}
    own = {line.kind: line.paid_minor - line.paid_to_others_minor for line in lines if line.kind in BY_INVOICE}
    if any(paid > claimed.get(kind, 0) for kind, paid in own.items()):
        proved.add(ReceiptLine.OTHER)
    return proved


def _let_go(papers: Sequence[ClaimPaper]) -> None:
    """Files on which the office relied lose their content, others go whole; words go, amounts stay."""
    ids = {paper.file_id for paper in papers}
    update_where(ClaimPaper, ClaimPaper.id.in_([paper.id for paper in papers]), what="", receipt_number="")
    for file in db.session.scalars(sa.select(File).where(File.id.in_(ids), File.erased_at.is_(None))).all():
        if file.handed_in_at is not None:
            storing.erase(file)
            continue
        db.session.execute(sa.delete(ClaimPaper).where(ClaimPaper.file_id == file.id))
        storing.remove(file)
    db.session.flush()
