"""The way from a pledge's page to its statements."""

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.pledges.models import Pledge
from tracker.pledges.page_cards import PledgeCard
from tracker.pledges.queries.uses import Use
from tracker.rights.actor import Actor


def _statements(pledge: Pledge, _uses: Sequence[Use], _actor: Actor) -> Mapping[str, Any] | None:
    return {} if pledge.acts_posted else None


PLEDGE_CARDS = (PledgeCard(40, "statements/_card.html", _statements),)
