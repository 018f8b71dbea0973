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
    "desks.home",
    "desks.openings",
    "desks.state",
    "finance.desk",
    "imports.index",
    "imports.source_files",
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
BESIDE = {"pledges.show": 4}
"""What became of the file of an agreement is read apart from the pledge, where there is one, and so are its seats, its
statements and what waits there for a second person."""
WRITTEN_DOWN = {"auditor": 6}
"""What an auditor opens is written down before it is shown, the first time on a day, and then loaded again."""
ROUNDS = {
    "rounds.approve": 29,
    "rounds.give": 22,
    "rounds.prepare": 26,
    "rounds.promote": 27,
    "rounds.proposal": 15,
    "rounds.reserve": 28,
    "rounds.show": 37,
    "rounds.sponsor": 25,
}
"""What a round rests on (rules, people, estimates, seats, pledges) is read once each, however many States there are;
of one that is prepared twice: as it was signed, and as it stands."""
SEATS = {
    "participation.board": 19,
    **dict.fromkeys(("reporting.of_session", "reporting.donor_report"), 25),
    **dict.fromkeys(("participation.settle_seat", "participation.write_off"), 17),
    "participation.journey": 14,
}
"""A journey reads its money, allowance, papers, link, messages, conditions and what was reminded of once each. A board,
as a report, reads requests, seats, offers, journeys, estimates and money once each; settling a seat also its journey,
and what waits for a second person."""
WORKLIST = {"desks.finance_worklist": 24}
"""Each kind of work that waits for finance is read once: allocations, seats, settlements, entries, pledges, steps of
two persons with who has said yes to them."""
YEAR = {"statements.annual_report": 22}
"""What was counted of a donor's year is read from its row; what its reader may know of it today table by table."""
OTHERS = 15
"""Pages on which one acts read also who will be told, and check whether the act is allowed."""


@pytest.mark.parametrize(
    ("endpoint", "most"), [*((name, 6) for name in LISTS), *((name, 8 + BESIDE.get(name, 0)) for name in ABOUT_ONE)]
)
def test_a_page_stays_within_its_statements_for_everybody(matrix_app, built_world, endpoint, most):
    assert not above(matrix_app, built_world, endpoint, most)


def test_no_other_page_costs_much_more(matrix_app, built_world):
    others = [name for name in subjects.endpoints(matrix_app) if name not in (*LISTS, *ABOUT_ONE)]
    most = {**dict.fromkeys(others, OTHERS), **ROUNDS, **SEATS, **WORKLIST, **YEAR}
    assert not [line for name in others for line in above(matrix_app, built_world, name, most[name], readers=1)]


def above(app, world, endpoint, most, readers=None) -> list[str]:
    """Who needs more statements than `most` for a page; asked as its first `readers`, or as all."""
    expected, found = table.read(), []
    with app.app_context(), probing.nothing_kept():
        for (method, subject), address in subjects.addresses(app, world, endpoint).items():
            may = [who for who in PERSONAS if method == "GET" and expected[endpoint, method, subject][who] == 200]
            for who in may[:readers]:
                with statements() as seen:
                    assert probing.ask(app, world, who, "GET", address).status == 200
                allowed = most + WRITTEN_DOWN.get(who, 0)
                found += [f"{endpoint} {subject} {who}: {len(seen)}"] if len(seen) > allowed else []
    return found
