"""Who may do what with a pledge and its money. None means yes, a Refusal carries the sentence for the person."""

from typing import Any

from tracker.languages.marking import lazy
from tracker.pledges.actions import Action
from tracker.pledges.lifecycle import HOLDS_MONEY, TRANSITIONS, AllocationStatus, Origin, Status
from tracker.pledges.rule_facts import AllocationFacts, PledgeFacts, PostingFacts, SeatMoneyFacts
from tracker.rights.actor import MONEY_PLANNERS, PLEDGE_WRITERS, Actor
from tracker.rights.rules import Facts, Predicate, Refusal, Rules


def has_role(*roles: str, sentence: Any) -> Predicate[Facts]:
    """The actor has one of the roles."""

    def has_role(actor: Actor, _facts: object) -> Refusal | None:
        return None if actor.has(*roles) else Refusal("role", sentence)

    return has_role


def stands_in(*statuses: Status) -> Predicate[PledgeFacts]:
    """The pledge stands in one of the statuses."""

    def stands(_actor: Actor, pledge: PledgeFacts) -> Refusal | None:
        if pledge.status in statuses:
            return None
        return Refusal("status", lazy("Not possible while the pledge stands where it is now."))

    return stands


def leads_on(action: Action) -> Predicate[PledgeFacts]:
    """The pledge stands where the action is lawful."""
    return stands_in(*TRANSITIONS[action].sources)


def keeps_money(_actor: Actor, pledge: PledgeFacts) -> Refusal | None:
    """The pledge has a ledger here; an imported one is a record of money that others keep."""
    if pledge.keeps_money:
        return None
    return Refusal("no_ledger", lazy("The money of this pledge is not kept here."))


def was_made_here(_actor: Actor, pledge: PledgeFacts) -> Refusal | None:
    """The pledge was offered here; one taken over from another list is only a record of it."""
    if pledge.origin != Origin.IMPORTED:
        return None
    return Refusal("taken_over", lazy("This pledge was taken over from another list: it is changed there."))


def is_the_donors_own(actor: Actor, pledge: PledgeFacts) -> Refusal | None:
    """The pledge is that of the actor's own organisation."""
    if actor.is_donor and actor.organisation_id == pledge.organisation_id:
        return None
    return Refusal("own", lazy("Only the donor itself can do this."))


def may_withdraw(actor: Actor, pledge: PledgeFacts) -> Refusal | None:
    """What is signed is withdrawn by a signatory; an offer also by the officer who made it."""
    if actor.has("donor_signatory") or (pledge.status == Status.OFFERED and actor.has("donor_officer")):
        return None
    return Refusal("role", lazy("Only a signatory of the donor can withdraw what was signed."))


def may_accept(actor: Actor, pledge: PledgeFacts) -> Refusal | None:
    """A manager accepts; what came on paper also a finance officer, but nobody what they filed themselves."""
    if pledge.filed_by_id is None:
        return MANAGER(actor, pledge)
    if pledge.filed_by_id == actor.person_id:
        return Refusal("two_persons", lazy("You filed this pledge: somebody else accepts it."))
    return PLANNER(actor, pledge)


def may_propose_a_change(actor: Actor, pledge: PledgeFacts) -> Refusal | None:
    """What was promised is changed by the donor's officer or by a manager: each only proposes it."""
    if actor.has("programme_manager"):
        return None
    if not actor.has("donor_officer"):
        return Refusal("role", lazy("Only a donor officer or a programme manager proposes this."))
    return is_the_donors_own(actor, pledge)


def allocation_stands(*statuses: AllocationStatus) -> Predicate[AllocationFacts]:
    """The allocation stands in one of the statuses."""

    def stands(_actor: Actor, allocation: AllocationFacts) -> Refusal | None:
        if allocation.status in statuses:
            return None
        return Refusal("status", lazy("Not possible while the allocation stands where it is now."))

    return stands


def did_not_plan(actor: Actor, allocation: AllocationFacts) -> Refusal | None:
    """The approval is another person's than the plan."""
    if allocation.planned_by_id != actor.person_id:
        return None
    return Refusal("two_persons", lazy("You planned this allocation: somebody else must approve it."))


def is_no_seats(_actor: Actor, allocation: AllocationFacts) -> Refusal | None:
    """The money is not a seat's: that goes back with the seat, so that no seat is left without."""
    if not allocation.is_of_a_seat:
        return None
    sentence = lazy("This money is held for a seat: what is not paid of it goes back when the seat ends.")
    return Refusal("of_a_seat", sentence)


def seat_takes_payments(_actor: Actor, allocation: AllocationFacts) -> Refusal | None:
    """The seat that the money is for stands where it is paid: confirmed by its State, and not ended."""
    if allocation.seat_unpayable is None:
        return None
    return Refusal("seat", allocation.seat_unpayable)


def did_not_propose(actor: Actor, money: SeatMoneyFacts) -> Refusal | None:
    """The approval is another person's than the proposal."""
    if money.proposed_by_id != actor.person_id:
        return None
    return Refusal("two_persons", lazy("You proposed these seats: somebody else must approve them."))


def is_there_to_confirm(_actor: Actor, posting: PostingFacts) -> Refusal | None:
    """It is a receipt or payment, and it stands."""
    if posting.is_of_a_bank and not posting.is_reversed:
        return None
    return Refusal("status", lazy("Receipts, payments and recoveries that stand are confirmed, nothing else."))


def did_not_record(actor: Actor, posting: PostingFacts) -> Refusal | None:
    """The confirmation is another person's than the entry."""
    if posting.recorded_by_id != actor.person_id:
        return None
    return Refusal("two_persons", lazy("You recorded this: somebody else confirms it."))


OFFICER = has_role("donor_officer", sentence=lazy("Only a donor officer offers pledges."))
SIGNATORY = has_role("donor_signatory", sentence=lazy("Only a signatory of the donor can sign."))
WRITER = has_role(*PLEDGE_WRITERS, sentence=lazy("Only donor officers and signatories can do this."))
MANAGER = has_role("programme_manager", sentence=lazy("Only a programme manager can do this."))
FINANCE = has_role("finance_officer", sentence=lazy("Only a finance officer can do this."))
PLANNER = has_role(*MONEY_PLANNERS, sentence=lazy("Only programme managers and finance officers plan allocations."))

STANDS_FOR = {
    Action.RAISE: (Status.ACCEPTED,),
    # A pledge that ended still expects something where a receipt was reversed, and money may have been on its way.
    Action.REDUCE: (Status.ACCEPTED, Status.WITHDRAWN, Status.LAPSED),
    Action.EXTEND: (Status.ACCEPTED,),
    Action.EARMARK: (Status.ACCEPTED,),
}
"""Where a pledge stands while its promise can be changed: asked when it is proposed and again when it is done."""

RULES: Rules[Any] = {  # of pledges, and of money for requests and seats from APPROVE_ALLOCATION on
    Action.OFFER: (OFFICER,),
    Action.FILE: (MANAGER,),
    Action.SET_INTERESTS: (WRITER,),
    Action.SIGN: (is_the_donors_own, SIGNATORY, was_made_here, leads_on(Action.SIGN)),
    Action.WITHDRAW: (is_the_donors_own, may_withdraw, was_made_here, leads_on(Action.WITHDRAW)),
    Action.ACCEPT: (may_accept, was_made_here, leads_on(Action.ACCEPT)),
    Action.REFUSE: (MANAGER, was_made_here, leads_on(Action.REFUSE)),
    Action.LAPSE: (MANAGER, was_made_here, leads_on(Action.LAPSE)),
    Action.CLOSE: (MANAGER, was_made_here, leads_on(Action.CLOSE)),
    Action.RAISE: (may_propose_a_change, stands_in(*STANDS_FOR[Action.RAISE]), keeps_money),
    Action.REDUCE: (may_propose_a_change, stands_in(*STANDS_FOR[Action.REDUCE]), keeps_money),
    Action.EXTEND: (may_propose_a_change, stands_in(*STANDS_FOR[Action.EXTEND]), keeps_money),
    Action.EARMARK: (may_propose_a_change, stands_in(*STANDS_FOR[Action.EARMARK]), keeps_money),
    Action.RECORD_RECEIPT: (FINANCE, stands_in(*HOLDS_MONEY), keeps_money),
    Action.APPLY_SURPLUS: (FINANCE, stands_in(Status.ACCEPTED), keeps_money),
    Action.RETURN_SURPLUS: (FINANCE, stands_in(*HOLDS_MONEY), keeps_money),
    Action.REFUND: (FINANCE, stands_in(*HOLDS_MONEY), keeps_money),
    Action.REVERSE: (FINANCE, stands_in(*HOLDS_MONEY), keeps_money),
    Action.CONFIRM_POSTING: (FINANCE, is_there_to_confirm, did_not_record),
    Action.PLAN_ALLOCATION: (PLANNER, stands_in(Status.ACCEPTED), keeps_money),
    Action.APPROVE_ALLOCATION: (FINANCE, allocation_stands(AllocationStatus.PLANNED), did_not_plan),
    Action.CANCEL_PLAN: (PLANNER, allocation_stands(AllocationStatus.PLANNED)),
    Action.RELEASE_ALLOCATION: (FINANCE, allocation_stands(AllocationStatus.APPROVED), is_no_seats),
    Action.HOLD_FOR_SEATS: (FINANCE, did_not_propose),
    Action.DISBURSE: (FINANCE, seat_takes_payments, allocation_stands(AllocationStatus.APPROVED)),
    Action.RECOVER: (FINANCE, allocation_stands(AllocationStatus.APPROVED, AllocationStatus.CLOSED)),
}
