"""What whoever signs reads beside a decision: what was asked, what was done in similar cases, what money there is."""

from dataclasses import dataclass

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.pledges.queries import fitting_cash
from tracker.rights.actor import Actor
from tracker.triage.case.similar import Similar, similar_to


@dataclass(frozen=True, slots=True)
class Measures:
    """Similar requests, and the money that `pledges` of the fund have for this one today, in US cents."""

    similar: Similar
    cash_minor: int
    pledges: int


def measures(assistance_request: AssistanceRequest, actor: Actor) -> Measures:
    """What a decision on a request is measured by."""
    owner = Organisation.id == assistance_request.organisation_id
    iso3 = db.session.scalar(sa.select(Organisation.state_iso3).where(owner))
    return Measures(similar_to(assistance_request, actor, state_iso3=iso3), *fitting_cash(assistance_request.id))
