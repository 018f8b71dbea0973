"""What the rules ask of a pledge and of an allocation: values made of whole rows, here and nowhere else."""

from dataclasses import dataclass
from typing import Any, overload

from tracker.pledges.lifecycle import AllocationStatus, Origin, Status
from tracker.pledges.models import Allocation, Pledge
from tracker.pledges.paying_seats import why_not_paid
from tracker.rights.rules import Facts


@dataclass(frozen=True, slots=True)
class PledgeFacts(Facts):
    """A pledge. `keeps_money` says whether its ledger is kept here, that is whether anything was posted; `filed_by_id`
    who filed it, where it came on paper."""

    status: Status
    origin: Origin
    organisation_id: int
    keeps_money: bool
    filed_by_id: int | None


@dataclass(frozen=True, slots=True)
class AllocationFacts(Facts):
    """An allocation, who planned it, whether it is for one seat, and why nothing can be paid for that seat now."""

    status: AllocationStatus
    planned_by_id: int
    is_of_a_seat: bool
    seat_unpayable: Any


@dataclass(frozen=True, slots=True)
class SeatMoneyFacts(Facts):
    """Money for seats, and who proposed to give it."""

    proposed_by_id: int


@dataclass(frozen=True, slots=True)
class PostingFacts(Facts):
    """A step of the ledger: whether an entry of a bank stands behind it, who recorded it, whether it was reversed."""

    is_of_a_bank: bool
    recorded_by_id: int | None
    is_reversed: bool


@overload
def rule_facts_of(subject: Pledge) -> PledgeFacts: ...


@overload
def rule_facts_of(subject: Allocation) -> AllocationFacts: ...


def rule_facts_of(subject: Pledge | Allocation) -> PledgeFacts | AllocationFacts:
    """The facts of a loaded row; one statement for the allocation of a seat, else none."""
    if isinstance(subject, Allocation):
        return AllocationFacts(
            status=AllocationStatus(subject.status),
            planned_by_id=subject.planned_by_id,
            is_of_a_seat=subject.is_of_a_seat,
            seat_unpayable=why_not_paid(subject.seat_id),
        )
    return PledgeFacts(
        status=Status(subject.status),
        origin=Origin(subject.origin),
        organisation_id=subject.donor_id,
        keeps_money=subject.acts_posted > 0,
        filed_by_id=subject.signed_by_id if subject.signed_on_paper_by is not None else None,
    )
