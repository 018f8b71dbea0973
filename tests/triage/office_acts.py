"""Every act of the office on a request, ready to be done by its manager, who has the officers' rights too."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.factories import assistance as make
from tests.factories import participation as taking_part
from tests.factories.assistance import Case, People
from tests.factories.verbs import verb
from tracker.assistance.decision import services as decision_services
from tracker.assistance.implementation import services as implementation
from tracker.assistance.lifecycle import Outcome
from tracker.calendar.now import today

Ready = tuple[Case, Callable[..., Any]]
"""A request, and the act on it with everything it needs but the actor."""

REASON = {"reason": "There is a reason."}
OFFICERS = {"triage_officer", "programme_manager"}
MANAGER = {"programme_manager"}


def _on(name: str, case: Case, *parts: Any, **facts: Any) -> Ready:
    return case, partial(verb(name), case.public_id, *parts, **facts)


def _versioned(name: str, case: Case, *parts: Any, **facts: Any) -> Ready:
    return _on(name, case, *parts, version=case.version, **facts)


def _proposal(people: People, outcome: Outcome) -> decision_services.Proposal:
    needs: dict[Outcome, dict[str, Any]] = {
        Outcome.ACCEPTED: {"amount_minor": 3_500_000, **make.CONSIDERED},
        Outcome.REFERRED: {"referred_to": "OAS", "state_agreed_on": today()},
    }
    if outcome is Outcome.MERGED:
        needs[outcome] = {"merged_into": make.in_review(people).now.reference}
    return decision_services.Proposal(outcome=outcome, reasons="It fits.", **needs.get(outcome, {}))


def _prepared(people: People, outcome: Outcome = Outcome.DECLINED) -> tuple[Case, uuid.UUID]:
    """A request and the decision that its officer prepared."""
    case, proposal = make.in_review(people), _proposal(people, outcome)
    made = decision_services.prepare_decision(
        case.public_id, actor=case.officer, version=case.version, proposal=proposal
    )
    return case, uuid.UUID(made)


def _sign(outcome: Outcome, people: People) -> Ready:
    case, decision = _prepared(people, outcome)
    return _versioned("sign_decision", case, decision=decision)


def _amendment() -> decision_services.Amendment:
    return decision_services.Amendment(reasons="It is so.", amount_minor=7_000_000)


def _amended(people: People) -> tuple[Case, uuid.UUID]:
    """A request and the amendment that its officer prepared."""
    case = make.accepted(people)
    made = decision_services.prepare_amendment(
        case.public_id, actor=case.officer, version=case.version, amendment=_amendment()
    )
    return case, uuid.UUID(made)


def _amend(people: People) -> Ready:
    case, amendment = _amended(people)
    return _versioned("amend", case, decision=amendment)


def _record(people: People) -> Ready:
    case = make.in_implementation(people)
    activity = make.activities(case)[0]
    result = implementation.Result(
        delivered_on=today(), place="Nairobi", result="They learned.", women=1, men=1, not_stated=0
    )
    return _on("record_implementation", case, activity.public_id, version=activity.version, result=result)


def _assign(people: People) -> Ready:
    return _versioned("assign", make.in_review(people), officer=uuid.UUID(people.officer.public_id))


OFFICE_ACTS: dict[str, tuple[set[str], Callable[[People], Ready]]] = {
    "return_note": (OFFICERS, lambda people: _versioned("return_note", make.submitted(people), **REASON)),
    "take_up": (OFFICERS, lambda people: _versioned("take_up", make.submitted(people))),
    "ask": (
        OFFICERS,
        lambda people: _versioned("ask_clarification", make.in_review(people), questions=[("problem", "How many?")]),
    ),
    "prepare_decision": (
        OFFICERS,
        lambda people: _versioned(
            "prepare_decision", make.in_review(people), proposal=_proposal(people, Outcome.DECLINED)
        ),
    ),
    "drop_decision": (OFFICERS, lambda people: _versioned("drop_decision", _prepared(people)[0], **REASON)),
    **{f"sign {outcome}": (MANAGER, partial(_sign, outcome)) for outcome in Outcome},
    "prepare_amendment": (
        OFFICERS,
        lambda people: _versioned("prepare_amendment", make.accepted(people), amendment=_amendment()),
    ),
    "drop_amendment": (OFFICERS, lambda people: _versioned("drop_amendment", _amended(people)[0], **REASON)),
    "amend": (MANAGER, _amend),
    "start_implementation": (MANAGER, lambda people: _versioned("start_implementation", make.accepted(people))),
    "complete": (MANAGER, lambda people: _versioned("complete", make.delivered(people))),
    "end_unfunded": (
        MANAGER,
        lambda people: _versioned("end_unfunded", taking_part.without_a_seat(people), rule="One seat for each State."),
    ),
    "assign": (OFFICERS, _assign),
    "add_note": (OFFICERS, lambda people: _on("add_note", make.in_review(people), body="Ask Vienna.")),
    "plan_activity": (OFFICERS, lambda people: _on("plan_activity", make.accepted(people), title="A course")),
    "record_implementation": (OFFICERS, _record),
    "recuse": (OFFICERS, lambda people: _versioned("recuse", make.in_review(people), **REASON)),
}
"""Who may do it, and what makes a request ready for it in the hands of these people."""
