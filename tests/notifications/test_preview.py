"""The page before an act says who will be told, and betrays nobody whom its reader may not know."""

import sqlalchemy as sa

from tests.factories import accounts, pledges
from tests.factories import assistance as requests
from tracker.accounts.models import Organisation, Person
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.notifications import queries

EVENT = "assistance.implementation_confirmed"


def paid_by_norad():
    """A request of Kenya that a donor pays, whose people read French."""
    people = pledges.people("NORAD")
    request = pledges.request_of("KEN")
    pledges.allocated(people, pledges.funded(people), request, 50_00)
    with transaction():
        update_where(Organisation, Organisation.code == "NORAD", name="Norwegian agency")
        update_where(Person, Person.id.in_((people.officer.person_id, people.signatory.person_id)), language="fr")
    return request, people


def told(request, actor) -> list[tuple[str, str]]:
    row = db.session.scalars(sa.select(AssistanceRequest).where(AssistanceRequest.public_id == request.public_id)).one()
    return queries.audience_in_words(EVENT, row, actor)


def test_a_state_reads_that_donors_are_told_but_not_which(app):
    request, _people = paid_by_norad()
    lines = told(request, accounts.person("focal_point", of="KEN").actor)
    assert ("Every donor whose money pays it", "") in lines
    assert not [line for line in lines if "Norwegian" in line[0] or "fr" in line[1]]


def test_the_office_reads_which_donor(app):
    request, people = paid_by_norad()
    lines = told(request, people.manager.actor)
    assert (f"{people.officer.name}, Norwegian agency", "fr") in lines


def test_the_page_on_which_a_state_confirms_does_not_name_the_donor(client, sign_in):
    case = requests.delivered()
    people, now = pledges.people("NORAD"), case.now
    request = pledges.FundableRequest(now.id, now.public_id, now.reference)
    pledges.allocated(people, pledges.funded(people), request, 50_00)
    activity = next(row for row in requests.activities(case) if row.delivered_on)
    sign_in(client, case.people.drafter)
    page = client.get(f"{case.url}/activities/{activity.public_id}").text
    assert "Every donor whose money pays it" in page
    assert "NORAD" not in page
