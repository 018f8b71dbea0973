"""What a delegate claims, as it is entered what is due for the seat; and what of it is accepted."""

from dataclasses import replace

from tracker.participation.claims.lifecycle import BY_RECEIPT, ClaimStatus
from tracker.participation.claims.queries import Claim, sent_of
from tracker.participation.settling.dues import as_planned
from tracker.participation.settling.lifecycle import Billed, Entry, Spent
from tracker.participation.settling.queries import Settling


def claim_of(one: Settling) -> Claim | None:
    """The last claim that whoever sits in the seat sent; None once its words are erased."""
    claim = sent_of(one.seat.id, one.person.id)
    return None if claim is None or claim.row.erased_on else claim


def mark_of(claim: Claim | None) -> str:
    """What a form carries of the claim that it shows: which version, as it stood then; nothing where none was sent."""
    return f"{claim.row.public_id}/{claim.row.version}" if claim else ""


def as_claimed(one: Settling, claim: Claim | None) -> Entry:
    """What is entered as it is claimed: days and what others provided, and of visa and insurance what the receipts say
    beside what others were paid. As planned where nothing is claimed."""
    usual = as_planned(one)
    if claim is None or claim.row.first_day is None:
        return usual
    row, bills = claim.row, dict(usual.bills)
    for line in one.lines:
        if line.kind in claim.totals:
            numbers = ", ".join(filter(None, (one.invoices.get(line.kind, ""), claim.numbers(line.kind))))
            bills[line.kind] = Billed(line.paid_to_others_minor + claim.totals[line.kind], numbers[:120])
    return replace(usual, spent=Spent(row.first_day, row.last_day, claim.provided), bills=bills)


def accepted_of(one: Settling, entry: Entry) -> dict[str, int]:
    """What of the lines that a delegate may have paid is due to them: as billed, without what others were paid."""
    lines = {line.kind: line for line in one.lines if line.kind in BY_RECEIPT}
    return {
        kind: max(0, bill.amount_minor - lines[kind].paid_to_others_minor)
        for kind, bill in entry.bills.items()
        if kind in lines
    }


def is_new(claim: Claim | None) -> bool:
    """Whether a claim was sent that nobody has answered."""
    return claim is not None and claim.row.status != ClaimStatus.ANSWERED
