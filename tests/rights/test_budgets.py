"""How many statements lists and pages about one thing cost whoever may open them (architecture.md, Speed)."""

import pytest

from tests.rights import probing, subjects, table
from tests.rights.people import PERSONAS
from tests.services.statements import statements

LISTS = (
    "accounts.account_requests",
    "accounts.organisations",
    "accounts.people",
    "assistance.index",
    "desks.donor",
    "desks.donor_needs",
    "desks.state",
    "importing.index",
    "jobs.index",
    "notifications.deliveries",
    "notifications.index",
    "pledges.index",
    "sessions.index",
    "settings.areas",
    "settings.holidays",
    "settings.rates",
    "settings.sessions",
    "triage.clarifications",
    "triage.figures",
    "triage.queue",
    "triage.saved_views",
)
ABOUT_ONE = ("accounts.organisation", "assistance.annex", "assistance.show", "pledges.show", "triage.request")


@pytest.mark.parametrize(("endpoint", "most"), [*((name, 6) for name in LISTS), *((name, 8) for name in ABOUT_ONE)])
def test_a_page_stays_within_its_statements_for_everybody(ground, peopled, endpoint, most):
    expected, above = table.read(), []
    with ground.app_context(), probing.nothing_kept():
        for (method, subject), address in subjects.addresses(ground, peopled, endpoint).items():
            readers = [who for who in PERSONAS if method == "GET" and expected[endpoint, method, subject][who] == 200]
            for who in readers:
                with statements() as seen:
                    assert probing.ask(ground, peopled, who, "GET", address).status == 200
                above += [f"{subject} {who}: {len(seen)}"] if len(seen) > most else []
    assert not above
