"""The way from a pledge's page to its statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.pledges.models import Pledge
from tracker.pledges.page_cards import PledgeCard
from tracker.pledges.queries.uses import Use
from tracker.pledges.rule_facts import rule_facts_of
from tracker.rights.actor import Actor
from tracker.rights.rules import can
from tracker.statements import queries
from tracker.statements.policies import RULES, StatementAction


def _statements(pledge: Pledge, _uses: Sequence[Use], actor: Actor) -> Mapping[str, Any] | None:
    if not pledge.acts_posted:
        return None
    may_issue = can(RULES, StatementAction.ISSUE, actor, rule_facts_of(pledge)) is None
    return {"issued": queries.issued_of(pledge.id), "may_issue": may_issue}


PLEDGE_CARDS = (PledgeCard(40, "statements/_card.html", _statements),)
