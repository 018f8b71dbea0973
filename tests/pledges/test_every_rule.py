"""Who may do what with a pledge and its money, where it stands, and what else stops whom."""

from dataclasses import replace

import pytest

from tracker.pledges.lifecycle import TRANSITIONS, AllocationStatus, Origin, Status
from tracker.pledges.policies import RULES
from tracker.pledges.rule_facts import AllocationFacts, PledgeFacts, PostingFacts, SeatMoneyFacts
from tracker.rights.actor import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor
from tracker.rights.rules import can

DONOR, ANOTHER, OFFICE, STATE = 1, 2, 3, 4


def _each(roles, organisation_id: int, first: int, prefix: str = "") -> dict[str, Actor]:
    return {
        f"{prefix}{role}": Actor(n, organisation_id=organisation_id, roles=frozenset({role}))
        for n, role in enumerate(sorted(roles), first)
    }


ACTORS = {
    **_each(DONOR_ROLES, DONOR, 1),
    **_each(DONOR_ROLES, ANOTHER, 11, "foreign "),
    **_each(OFFICE_ROLES, OFFICE, 21),
    **_each(STATE_ROLES, STATE, 31),
    "system": Actor.system,
    "nobody": Actor.anonymous,
}
PLANNERS = "finance_officer, programme_manager"
CHANGERS = "donor_officer, programme_manager"
ANYWHERE = ", ".join(Status)
ENDED_OR_NOT = "accepted, withdrawn, lapsed, closed"
OF_A_PLEDGE: dict[str, tuple[str, str]] = {
    "offer": ("donor_officer, foreign donor_officer", ANYWHERE),
    "file": ("programme_manager", ANYWHERE),
    "set_interests": (
        "donor_officer, donor_signatory, foreign donor_officer, foreign donor_signatory",
        ANYWHERE,
    ),
    "sign": ("donor_signatory", "offered"),
    "withdraw": ("donor_signatory", "offered, signed, accepted"),
    "accept": ("programme_manager", "signed"),
    "refuse": ("programme_manager", "offered, signed"),
    "lapse": ("programme_manager", "offered, signed, accepted"),
    "close": ("programme_manager", "accepted"),
    "raise": (CHANGERS, "accepted"),
    "reduce": (CHANGERS, "accepted, withdrawn, lapsed"),
    "extend": (CHANGERS, "accepted"),
    "earmark": (CHANGERS, "accepted"),
    "record_receipt": ("finance_officer", ENDED_OR_NOT),
    "apply_surplus": ("finance_officer", "accepted"),
    "return_surplus": ("finance_officer", ENDED_OR_NOT),
    "refund": ("finance_officer", ENDED_OR_NOT),
    "reverse": ("finance_officer", ENDED_OR_NOT),
    "plan_allocation": (PLANNERS, "accepted"),
}
OF_AN_ALLOCATION: dict[str, tuple[str, str]] = {
    "approve_allocation": ("finance_officer", "planned"),
    "cancel_plan": (PLANNERS, "planned"),
    "release_allocation": ("finance_officer", "approved"),
    "disburse": ("finance_officer", "approved"),
    "recover": ("finance_officer", "approved, closed"),
}
"""Who may, and while the pledge or the allocation stands where."""
OF_A_STEP = {"confirm_posting": "finance_officer"}
OFFICERS_OWN = {("donor_officer", "offered")}  # who made an offer also takes it back while nobody has signed it
PLEDGE = PledgeFacts(
    status=Status.OFFERED, origin=Origin.FORM, organisation_id=DONOR, keeps_money=True, filed_by_id=None
)
ALLOCATION = AllocationFacts(status=AllocationStatus.PLANNED, planned_by_id=91, is_of_a_seat=False, seat_unpayable=None)


def test_money_of_a_seat_that_takes_no_payment_is_not_paid_out():
    facts = replace(ALLOCATION, status=AllocationStatus.APPROVED, is_of_a_seat=True, seat_unpayable="Not confirmed.")
    finance = next(actor for name, actor in ACTORS.items() if name == "finance_officer")
    assert can(RULES, "disburse", finance, facts).message == "Not confirmed."
    assert can(RULES, "recover", finance, facts) is None
    assert can(RULES, "disburse", finance, replace(facts, seat_unpayable=None)) is None


@pytest.mark.parametrize("action", [*OF_A_PLEDGE, *OF_AN_ALLOCATION])
def test_who_may_and_when(action):
    who, where = (set(words.split(", ")) for words in (OF_A_PLEDGE | OF_AN_ALLOCATION)[action])
    facts, statuses = (PLEDGE, Status) if action in OF_A_PLEDGE else (ALLOCATION, AllocationStatus)
    may = {
        (name, str(status))
        for name, actor in ACTORS.items()
        for status in statuses
        if can(RULES, action, actor, replace(facts, status=status)) is None
    }
    more = OFFICERS_OWN if action == "withdraw" else set()
    assert may == {(name, status) for name in who for status in where} | more


def test_every_action_has_its_line():
    assert {*OF_A_PLEDGE, *OF_AN_ALLOCATION, *OF_A_STEP, "hold_for_seats"} == set(RULES)


def test_a_status_changes_from_where_the_act_is_lawful():
    assert {action: set(change.sources) for action, change in TRANSITIONS.items()} == {
        action: set(OF_A_PLEDGE[action][1].split(", ")) for action in TRANSITIONS
    }


PROMISE = {"raise", "reduce", "extend", "earmark"}
MONEY = PROMISE | {"record_receipt", "apply_surplus", "return_surplus", "refund", "reverse", "plan_allocation"}
STOPPED = {
    "of a pledge taken over from another list": (
        *({"origin": Origin.IMPORTED}, "taken_over"),
        {"sign", "withdraw", "accept", "refuse", "lapse", "close"},
    ),
    "of a pledge whose money is kept elsewhere": ({"keeps_money": False}, "no_ledger", MONEY),
    "of another donor's": ({"organisation_id": ANOTHER}, "own", {"sign", "withdraw"} | PROMISE),
}
"""What else stops acts: the facts that differ, the refusal's code, and the acts that it stops."""


@pytest.mark.parametrize("what", STOPPED)
def test_what_else_stops(what):
    changes, code, stopped = STOPPED[what]
    found = set()
    for action, (who, where) in OF_A_PLEDGE.items():
        free, actor = replace(PLEDGE, status=Status(where.split(", ")[0])), ACTORS[who.split(", ")[0]]
        refusal = can(RULES, action, actor, replace(free, **changes))
        if refusal is not None:
            assert refusal.code == code
            found.add(action)
    assert found == stopped


def test_what_came_on_paper_is_accepted_by_somebody_else_than_filed_it():
    filed = replace(PLEDGE, status=Status.SIGNED, filed_by_id=91)
    assert {name for name, one in ACTORS.items() if can(RULES, "accept", one, filed) is None} == set(
        PLANNERS.split(", ")
    )
    own = replace(filed, filed_by_id=ACTORS["programme_manager"].person_id)
    assert can(RULES, "accept", ACTORS["programme_manager"], own).code == "two_persons"


def test_whoever_planned_does_not_approve():
    actor = ACTORS["finance_officer"]
    own = replace(ALLOCATION, planned_by_id=actor.person_id)
    assert can(RULES, "approve_allocation", actor, own).code == "two_persons"
    assert can(RULES, "cancel_plan", actor, own) is None


def test_the_money_of_a_seat_is_released_with_the_seat_alone():
    actor, of_a_seat = ACTORS["finance_officer"], replace(ALLOCATION, status="approved", is_of_a_seat=True)
    refused = {
        action
        for action in OF_AN_ALLOCATION
        if (found := can(RULES, action, actor, of_a_seat)) and found.code == "of_a_seat"
    }
    assert refused == {"release_allocation"}


def test_money_for_seats_is_approved_by_a_finance_officer_who_did_not_propose_them():
    somebody_elses = SeatMoneyFacts(proposed_by_id=91)
    may = {name for name, actor in ACTORS.items() if can(RULES, "hold_for_seats", actor, somebody_elses) is None}
    assert may == {"finance_officer"}
    actor = ACTORS["finance_officer"]
    assert can(RULES, "hold_for_seats", actor, SeatMoneyFacts(actor.person_id)).code == "two_persons"


def test_what_a_bank_moved_is_confirmed_by_a_finance_officer_who_did_not_record_it():
    stands = PostingFacts(is_of_a_bank=True, recorded_by_id=91, is_reversed=False)
    may = {name for name, actor in ACTORS.items() if can(RULES, "confirm_posting", actor, stands) is None}
    assert may == {OF_A_STEP["confirm_posting"]}
    actor = ACTORS["finance_officer"]
    stopped = {"recorded_by_id": actor.person_id}, {"is_of_a_bank": False}, {"is_reversed": True}
    codes = [can(RULES, "confirm_posting", actor, replace(stands, **one)).code for one in stopped]
    assert codes == ["two_persons", "status", "status"]
