"""The words under which a request is found; strictly confidential ones are found by their reference only."""

import sqlalchemy as sa

from tracker.accounts.models import Organisation
from tracker.assistance.lifecycle import Marking
from tracker.assistance.models import AssistanceRequest
from tracker.extensions import db
from tracker.reference.names import all_names
from tracker.search import forget_text, index_text

SUBJECT = AssistanceRequest.__event_subject__


def index(assistance_request: AssistanceRequest, *, names: list[str]) -> None:
    """Make the request findable by what it says now; `names` are its beneficiary authorities."""
    r = assistance_request
    words = [r.reference or ""]
    if r.marking != Marking.STRICTLY_CONFIDENTIAL:
        words += [r.title, *names, r.problem, r.objectives, r.expected_results, r.human_rights, r.earlier_assistance]
        words += [r.place, r.own_contribution, *state_words(r.organisation_id)]
    index_text(db.session, SUBJECT, r.id, "\n".join(filter(None, words)))


def forget(assistance_request: AssistanceRequest) -> None:
    """Take a discarded request out of the search."""
    forget_text(db.session, SUBJECT, assistance_request.id)


def state_words(organisation_id: int) -> list[str]:
    """The names, in six languages, of the State that asks: officers look for a request by its State."""
    iso3 = db.session.scalar(sa.select(Organisation.state_iso3).where(Organisation.id == organisation_id))
    names = all_names().get(iso3 or "")
    return list(names.short.values()) if names else []
