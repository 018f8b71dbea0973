"""Who may do what to a request, where it stands, and what else stops whom: every element of every rule is held here."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from tracker.assistance.lifecycle import Action, Marking, Status
from tracker.assistance.policies import RULES
from tracker.assistance.rule_facts import AnswerFacts, DecisionFacts
from tracker.calendar.now import now
from tracker.rights.actor import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor
from tracker.rights.rules import can

STATE, ABROAD, OFFICE, DONOR = 1, 2, 3, 4


def _each(roles, organisation_id: int, first: int, prefix: str = "") -> dict[str, Actor]:
    return {
        f"{prefix}{role}": Actor(n, organisation_id=organisation_id, roles=frozenset({role}))
        for n, role in enumerate(sorted(roles), first)
    }


ACTORS = {
    **_each(STATE_ROLES, STATE, 1),
    **_each(STATE_ROLES, ABROAD, 11, "foreign "),
    **_each(OFFICE_ROLES, OFFICE, 21),
    **_each(DONOR_ROLES, DONOR, 31),
    "system": Actor.system,
    "nobody": Actor.anonymous,
}

DRAFTERS = "focal_point, authorising_officer"
OFFICERS = "triage_officer, programme_manager"
ANYWHERE = ", ".join(Status)
OPEN = "submitted, in_review, clarification, accepted, in_implementation"
MAY: dict[Action, tuple[str, str]] = {
    Action.DRAFT: (f"{DRAFTERS}, foreign focal_point, foreign authorising_officer", ANYWHERE),
    Action.COPY: (DRAFTERS, ANYWHERE.replace("draft, ", "")),
    Action.EDIT: (DRAFTERS, "draft"),
    Action.INVITE: (DRAFTERS, "draft"),
    Action.DISCARD: (DRAFTERS, "draft"),
    Action.ASK_AUTHORISATION: (DRAFTERS, "draft"),
    Action.RETURN_TO_DRAFT: ("authorising_officer", "awaiting_authorisation"),
    Action.SUBMIT: (f"authorising_officer, {OFFICERS}", "awaiting_authorisation"),
    Action.SET_CONSENT: ("authorising_officer", ANYWHERE.replace("draft, ", "")),
    Action.WITHDRAW: ("authorising_officer", f"draft, awaiting_authorisation, {OPEN}"),
    Action.ANSWER: (DRAFTERS, "clarification"),
    Action.REPLACE_DOCUMENT: ("authorising_officer", f"draft, awaiting_authorisation, {OPEN}"),
    Action.STRIKE_DOCUMENT: ("authorising_officer", f"draft, awaiting_authorisation, {OPEN}"),
    Action.PROPOSE_ERASURE: (OFFICERS, ANYWHERE),
    Action.DROP_ERASURE: (OFFICERS, ANYWHERE),
    Action.ERASE: (OFFICERS, ANYWHERE),
    Action.HAND_TO_AUTHORITY: ("focal_point", "clarification"),
    Action.REOPEN: ("authorising_officer", "declined"),
    Action.CONFIRM_IMPLEMENTATION: (DRAFTERS, "in_implementation, completed"),
    Action.RETURN_NOTE: (OFFICERS, "submitted"),
    Action.TAKE_UP: (OFFICERS, "submitted"),
    Action.ASK_CLARIFICATION: (OFFICERS, "in_review"),
    Action.PREPARE_DECISION: (OFFICERS, "in_review"),
    Action.DROP_DECISION: (OFFICERS, "in_review"),
    Action.ACCEPT: ("programme_manager", "in_review"),
    Action.DECLINE: ("programme_manager", "in_review"),
    Action.REFER: ("programme_manager", "in_review"),
    Action.MERGE: ("programme_manager", "in_review"),
    Action.PREPARE_AMENDMENT: (OFFICERS, "accepted, in_implementation"),
    Action.DROP_AMENDMENT: (OFFICERS, "accepted, in_implementation"),
    Action.AMEND: ("programme_manager", "accepted, in_implementation"),
    Action.START_IMPLEMENTATION: ("programme_manager, system", "accepted"),
    Action.COMPLETE: ("programme_manager", "in_implementation"),
    Action.END_UNFUNDED: ("programme_manager", "accepted"),
    Action.ASSIGN: (OFFICERS, OPEN),
    Action.RECUSE: (OFFICERS, ANYWHERE),
    Action.ADD_NOTE: (OFFICERS, ANYWHERE),
    Action.RECORD_CONTACT: (OFFICERS, ANYWHERE),
    Action.PLAN_ACTIVITY: (OFFICERS, "accepted, in_implementation"),
    Action.RECORD_IMPLEMENTATION: (OFFICERS, "in_implementation"),
    Action.WRITE_MESSAGE: (f"{DRAFTERS}, {OFFICERS}", ANYWHERE.replace("draft, ", "")),
    Action.ASK_MORE_TIME: (DRAFTERS, "clarification"),
    Action.SAY_NOT_AS_DESCRIBED: (DRAFTERS, "in_implementation, completed"),
    Action.WANT_AMENDMENT: ("authorising_officer", "accepted, in_implementation"),
    Action.ANSWER_MESSAGE: (OFFICERS, ANYWHERE.replace("draft, ", "")),
}
"""Who may, and while the request stands where."""
ALSO = dict.fromkeys((Action.REPLACE_DOCUMENT, Action.STRIKE_DOCUMENT), ("focal_point", "draft, clarification"))
"""Who else may, and where only."""


def decision(prepared_by: int, signed_by: int | None) -> DecisionFacts:
    blank = dict.fromkeys((field.name for field in fields(DecisionFacts)), None)
    return DecisionFacts(**blank | {"prepared_by_id": prepared_by, "signed_by_id": signed_by})


FREE = AnswerFacts(
    request_id=1,
    status=Status.DRAFT,
    arrived=True,
    organisation_id=STATE,
    drafter_id=91,
    marking=Marking.UNCLASSIFIED,
    assigned_to_id=None,
    reference=None,
    reopened_at=None,
    reopen_until=now() + timedelta(days=3),
    recused_ids=frozenset(),
    unreached=True,
    single_person=False,
    erasure_proposed_by_id=92,
    decision=decision(92, 93),
    prepared_decision=decision(92, None),
    changed_fields=frozenset(),
)
"""A request in which nothing but the role and the status stands in anybody's way."""


@pytest.mark.parametrize("action", MAY)
def test_who_may_and_when(action):
    lawful = set()
    for who, where in filter(None, (MAY[action], ALSO.get(action))):
        lawful |= {(name, status) for name in who.split(", ") for status in where.split(", ")}
    may = {
        (name, str(status))
        for name, actor in ACTORS.items()
        for status in Status
        if can(RULES, action, actor, replace(FREE, status=status)) is None
    }
    assert may == lawful


def test_every_action_has_its_line():
    assert set(MAY) == set(RULES)


BOTH = Actor(41, organisation_id=OFFICE, roles=frozenset({"triage_officer", "programme_manager"}))
AUTHORITY = ACTORS["authorising_officer"]
STRICT = {"marking": Marking.STRICTLY_CONFIDENTIAL}
ASSIGNED = STRICT | {"assigned_to_id": ACTORS["triage_officer"].person_id}
OF_OFFICERS = {action for action, (who, _) in MAY.items() if who == OFFICERS} | {Action.WRITE_MESSAGE}
IN_HAND = {Action.WRITE_MESSAGE, Action.ANSWER_MESSAGE}
OF_MANAGERS = {action for action, (who, _) in MAY.items() if who.startswith("programme_manager")}
SIGNED = {Action.ACCEPT, Action.DECLINE, Action.REFER, Action.MERGE, Action.AMEND}
STOPPED = {
    "of an officer to whom it is not assigned": (ACTORS["triage_officer"], STRICT, "marking", OF_OFFICERS),
    "of the officer to whom it is": (
        ACTORS["triage_officer"],
        ASSIGNED,
        "marking",
        set(),
    ),
    "of a manager": (ACTORS["programme_manager"], STRICT, "marking", set()),
    "of whoever recused": (
        *(BOTH, {"recused_ids": frozenset({41})}, "recused"),
        (OF_OFFICERS | OF_MANAGERS) - {Action.RECUSE},
    ),
    "of whoever prepared": (BOTH, {"prepared_decision": decision(41, None)}, "two_persons", SIGNED),
    "of whoever prepared before": (BOTH, {"decision": decision(41, 92)}, "another_officer", {Action.PREPARE_DECISION}),
    "of whoever signed before": (BOTH, {"decision": decision(92, 41)}, "another_officer", {Action.PREPARE_DECISION}),
    "in somebody else's hands": (ACTORS["triage_officer"], {"assigned_to_id": 94}, "assigned", IN_HAND),
    "in an officer's hands, of a manager": (ACTORS["programme_manager"], {"assigned_to_id": 94}, "assigned", set()),
    "before it came to the office": (BOTH, {"arrived": False}, "status", IN_HAND),
    "before it was submitted": (AUTHORITY, {"arrived": False}, "status", {Action.WRITE_MESSAGE}),
    "of the authority without a decision": (AUTHORITY, {"decision": None}, "undecided", {Action.WANT_AMENDMENT}),
    "of whoever proposed to remove": (BOTH, {"erasure_proposed_by_id": 41}, "two_persons", {Action.ERASE}),
    "without a removal that waits": (BOTH, {"erasure_proposed_by_id": None}, "nothing_waits", {Action.ERASE}),
    "without a decision": (BOTH, {"decision": None}, "undecided", {Action.PREPARE_AMENDMENT, Action.AMEND}),
    "with a reference": (AUTHORITY, {"reference": "TA-2026-KEN-1"}, "reference", {Action.DISCARD}),
    "of the drafter": (AUTHORITY, {"drafter_id": AUTHORITY.person_id}, "two_persons", {Action.SUBMIT}),
    "of the only person": (AUTHORITY, {"drafter_id": AUTHORITY.person_id, "single_person": True}, "two_persons", set()),
    "of whom a letter reached": (BOTH, {"unreached": False}, "reached", {Action.RECORD_CONTACT}),
    "a second time": (AUTHORITY, {"reopened_at": now()}, "once", {Action.REOPEN}),
    "too late": (AUTHORITY, {"reopen_until": now() - timedelta(seconds=1)}, "too_late", {Action.REOPEN}),
    "without a time": (AUTHORITY, {"reopen_until": None}, "too_late", {Action.REOPEN}),
    "of weight": (ACTORS["focal_point"], {"changed_fields": frozenset({"budget"})}, "authority", {Action.ANSWER}),
    "of weight by the authority": (AUTHORITY, {"changed_fields": frozenset({"budget"})}, "authority", set()),
}
"""What else stops acts: by whom, the facts that differ, the refusal's code, and the acts that it stops."""


@pytest.mark.parametrize("what", STOPPED)
def test_what_else_stops(what):
    actor, changes, code, stopped = STOPPED[what]
    found = set()
    for action, (_, where) in MAY.items():
        free = replace(FREE, status=Status(where.split(", ")[0]))
        refusal = can(RULES, action, actor, replace(free, **changes))
        if can(RULES, action, actor, free) is None and refusal is not None:
            assert refusal.code == code
            found.add(action)
    assert found == stopped
