"""Everything that can be done with a pledge has a rule and a label."""

from tracker.pledges.actions import ACTION_LABELS, Action
from tracker.pledges.lifecycle import TRANSITIONS
from tracker.pledges.policies import RULES


def test_every_action_has_a_rule_and_a_label():
    assert set(RULES) == set(Action) == set(ACTION_LABELS)
    assert all(isinstance(action, Action) for action in (*RULES, *TRANSITIONS))
