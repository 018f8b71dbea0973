"""The office's history of a request says to whom it was given."""

import uuid

from tests.factories import accounts
from tests.factories import assistance as make
from tests.services.people import sign_in
from tests.triage.test_history import at_the_office
from tracker.assistance.handling import services as handling
from tracker.calendar.now import today
from tracker.languages.formatting import format_day


def test_an_assignment_says_to_whom_it_went(app, officer, people):
    case, colleague = make.in_review(people), accounts.person("triage_officer")
    handling.assign(
        case.public_id, actor=people.officer.actor, version=case.version, officer=uuid.UUID(colleague.public_id)
    )
    assert at_the_office(officer, case)[0] == f"Assigned to {colleague.name}"
    assert colleague.name not in sign_in(app.test_client(), case.people.drafter).get(case.url).text


def test_assignments_of_many_to_two_officers_are_two_lines(officer, people):
    case, colleagues = make.in_review(people), [accounts.person("triage_officer") for _ in range(2)]
    for colleague in (colleagues[0], colleagues[0], colleagues[1]):
        handling.bulk_assign([case.public_id], actor=people.officer.actor, officer=uuid.UUID(colleague.public_id))
    assert at_the_office(officer, case)[:2] == [
        f"Assigned to {colleagues[1].name} with other requests",
        f"Assigned to {colleagues[0].name} with other requests, 2 times since {format_day(today())}",
    ]
