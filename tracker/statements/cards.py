"""The ways from the pages of pledges and sessions to their statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.pledges.models import Pledge
from tracker.pledges.page_cards import PledgeCard
from tracker.pledges.queries.uses import Use
from tracker.pledges.rule_facts import rule_facts_of
from tracker.reference.models import Session
from tracker.reference.session_cards import SessionCard
from tracker.rights.actor import REQUEST_READERS, Actor
from tracker.rights.rules import can
from tracker.statements import queries
from tracker.statements.policies import RULES, StatementAction


def _statements(pledge: Pledge, _uses: Sequence[Use], actor: Actor) -> Mapping[str, Any] | None:
    if not pledge.acts_posted:
        return None
    may_issue = can(RULES, StatementAction.ISSUE, actor, rule_facts_of(pledge)) is None
    donor = pledge.organisation.home.public_id
    return {"issued": queries.issued_of(pledge.id), "may_issue": may_issue, "donor": donor}


def _of_session(_session: Session, actor: Actor) -> Mapping[str, Any] | None:
    return {} if actor.is_donor or actor.has(*REQUEST_READERS) else None


SESSION_CARDS = (SessionCard(26, "statements/_session_card.html", _of_session),)
PLEDGE_CARDS = (PledgeCard(40, "statements/_card.html", _statements),)
