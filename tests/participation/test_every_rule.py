"""Who may change a delegation, and when: its own people, in a draft or where a question reopened the delegates."""

from dataclasses import fields, replace

import pytest

from tracker.assistance.lifecycle import Status
from tracker.participation.policies import RULES
from tracker.participation.rule_facts import DelegationFacts
from tracker.rights.actor import DONOR_ROLES, OFFICE_ROLES, STATE_ROLES, Actor
from tracker.rights.rules import can

STATE, ANOTHER = 1, 2
BLANK = dict.fromkeys((field.name for field in fields(DelegationFacts)), None)
DRAFT = DelegationFacts(
    **BLANK | {"status": Status.DRAFT, "organisation_id": STATE, "reopened_fields": frozenset(), "drafter_id": 9}
)


def who(facts: DelegationFacts, organisation_id: int = STATE) -> set[str]:
    """The roles whose people may nominate."""
    roles = STATE_ROLES | DONOR_ROLES | OFFICE_ROLES
    actors = {role: Actor(1, organisation_id=organisation_id, roles=frozenset({role})) for role in roles}
    return {role for role, actor in actors.items() if can(RULES, "nominate", actor, facts) is None}


def test_the_states_own_writers_in_a_draft():
    assert who(DRAFT) == {"focal_point", "authorising_officer"}
    assert who(DRAFT, ANOTHER) == set()


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT}))
def test_later_only_where_a_question_reopened_the_delegates(status):
    later = replace(DRAFT, status=status)
    assert who(later) == set()
    assert who(replace(later, reopened_fields=frozenset({"problem"}))) == set()
    assert who(replace(later, reopened_fields=frozenset({"needs"}))) == {"focal_point", "authorising_officer"}
