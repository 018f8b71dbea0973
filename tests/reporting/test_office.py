"""The office's report of a session: its sums are those of the ledger, its files say what they are."""

import csv
import io

import openpyxl
import pytest
import sqlalchemy as sa

from tests.factories import settling
from tests.factories.accounts import person
from tests.factories.assistance import People
from tests.factories.participation import accepted
from tests.reporting.scenes import CODE, two_pledges
from tests.services.people import sign_in
from tests.services.statements import statements
from tracker.assistance.models import AssistanceRequest as R
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.reference import queries as reference
from tracker.reporting import queries
from tracker.reporting.figures import report

PAGE = f"/sessions/{CODE}/report"
LEDGER = """
    SELECT sum(CASE account.kind WHEN 'held' THEN account.balance_minor ELSE 0 END),
           sum(CASE account.kind WHEN 'paid' THEN account.balance_minor ELSE 0 END)
    FROM ledger_accounts account
    JOIN allocations ON allocations.id = account.allocation_id
    JOIN assistance_requests request ON request.id = allocations.request_id
    JOIN sessions ON sessions.id = request.session_id
    WHERE sessions.code = :code
"""
POSTED = """
    SELECT sum(CASE WHEN target.kind = 'paid' THEN transfers.amount_minor ELSE 0 END)
         - sum(CASE WHEN source.kind = 'paid' THEN transfers.amount_minor ELSE 0 END)
    FROM transfers
    JOIN ledger_accounts source ON source.id = transfers.from_account_id
    JOIN ledger_accounts target ON target.id = transfers.to_account_id
    JOIN pledges ON pledges.id = source.pledge_id
    WHERE pledges.reference = :reference
"""


@pytest.fixture
def scene(app):
    return settling.scene()


def read(code=CODE, who="programme_manager", **how):
    db.session.rollback()
    return report(queries.facts_for_office(reference.get_session(code), person(who).actor, **how))


def by_sql(query, **values):
    found = db.session.execute(sa.text(query), values).one()
    db.session.rollback()
    return tuple(int(one) for one in found)


@pytest.fixture
def mixed(scene):
    """Four States: two journeys made, one missed, one seat of two pledges, one given back after its ticket was paid."""
    scene.seat("travelled", fare=700_00, allowance=1_000_00)
    repaid = scene.seat("travelled", of="TLS", fare=650_00)
    scene.recover(repaid, 50_00, "fare")
    scene.seat("no_show", of="NPL", fare=500_00)
    scene.seat("cancelled", of="NPL", fare=300_00)
    two_pledges(scene)
    return scene


def test_equals_the_ledger_as_somebody_else_adds_it_up(mixed):
    found = read()
    held, paid = by_sql(LEDGER, code=CODE)
    assert (found.held_minor, found.paid_minor) == (held, paid)
    assert paid == 700_00 + 1_000_00 + 600_00 + 500_00 + 300_00
    for rows in (found.states, found.pledges):
        assert (sum(one.held_minor for one in rows), sum(one.paid_minor for one in rows)) == (held, paid)
    assert sum(one.paid_minor for one in found.lines) == paid
    assert found.cost.paid_minor + sum(one.paid_minor for one in found.unused) == paid
    for one in found.pledges:
        assert (one.paid_minor,) == by_sql(POSTED, reference=one.pledge.reference)


def test_counts_a_seat_of_two_pledges_once_with_the_one_that_pays_its_fare(mixed):
    found = read()
    assert found.counts.given == 5
    assert [one.seats for one in found.pledges] == [3, 1], "the seat given back is nobody's"
    assert [one.held_minor > 0 for one in found.pledges] == [True, True]


def test_groups_add_up_to_the_whole_and_every_group_has_a_row(mixed):
    found = read()
    assert [one.key for one in found.regions] == ["AFR", "APG", "EEG", "GRULAC", "WEOG", "none"]
    counts = found.counts
    assert (counts.asked, counts.given - counts.ended, counts.used) == tuple(
        sum(getattr(one, name) for one in found.regions) for name in ("asked", "given", "used")
    )
    assert (counts.given, counts.ended, counts.used, counts.missed, counts.open) == (5, 1, 2, 1, 1)
    assert sum(one.asked for one in found.states) == counts.asked


def test_a_used_seat_counts_everywhere_also_where_its_request_was_withdrawn_since(mixed):
    before = read()
    with transaction():
        update_where(R, R.id == mixed.cases["TLS"].now.id, status="withdrawn")
    found = read()
    assert sum(one.used for one in found.regions) == found.counts.used == before.counts.used
    assert sum(one.used for one in found.states) == found.counts.used
    assert [(one.given, one.used) for one in found.lists] == [(one.given, one.used) for one in before.lists]
    assert found.counts.asked < before.counts.asked
    whole = queries.equity_for_office(person("auditor").actor).regions
    assert sum(one.used for one in whole.groups) == whole.whole.used == found.counts.used


def test_what_is_not_met_lacks_estimates_of_those_who_wait_alone(scene):
    scene.seat("travelled", fare=700_00)
    with transaction():
        db.session.execute(sa.update(Delegate).values(departure_iata=None))
    before = read().unmet
    waiting = accepted(People("BTN"), session_id=scene.session_id)
    settling.db.session.rollback()
    with transaction():
        update_where(Delegate, Delegate.request_id == waiting.now.id, departure_iata=None)
    after = read().unmet
    assert (after.uncovered_incomplete, after.incomplete) == (after.uncovered.seats, after.asked.seats)
    assert after.uncovered.seats > before.uncovered.seats
    assert after.uncovered_incomplete < after.incomplete


def test_a_journey_that_was_not_made_costs_no_seat(mixed):
    found = read()
    assert [(one.borne_by, one.seats, one.paid_minor) for one in found.unused] == [("pledge", 2, 800_00)]
    assert found.cost.average_minor == (1_700_00 + 600_00) // 2
    assert {one.key: one.seats for one in found.costs if one.seats} == {"AFR": 1, "APG": 1}


def test_who_ended_without_a_seat_is_still_a_need_that_was_not_met(scene):
    scene.seat("travelled", fare=700_00)
    waiting = accepted(People("BTN"), session_id=scene.session_id)
    before = read().unmet.uncovered
    settling.db.session.rollback()
    with transaction():
        update_where(R, R.id == waiting.now.id, status="unfunded", origin="imported")
    after = read()
    assert before.seats > 0
    assert (after.unmet.uncovered, after.counts.eligible) == (before, after.counts.asked)


def test_tells_the_share_of_women_from_three_on(scene):
    for of in ("KEN", "NPL"):
        scene.seat("travelled", of=of)
    with transaction():
        db.session.execute(sa.update(Delegate).values(gender="woman"))
    assert [one.of for one in read().women] == ["nominated"]
    scene.seat("travelled", of="BTN")
    with transaction():
        db.session.execute(sa.update(Delegate).values(gender="woman"))
    assert [(one.of, one.women, one.stated) for one in read().women][1:] == [("seats", 3, 3), ("used", 3, 3)]


class TestStrictlyConfidential:
    @pytest.fixture
    def hidden(self, mixed):
        with transaction():
            update_where(R, R.id == mixed.cases["NPL"].now.id, marking="strictly_confidential")
        return mixed

    def test_who_may_not_read_it_learns_how_many_are_left_out(self, hidden):
        assert read(who="travel_officer").withheld == 1
        assert "NPL" not in [one.iso3 for one in read(who="travel_officer").states]
        assert read().withheld == 0

    def test_a_file_has_its_amounts_alone_and_still_equals_the_ledger(self, hidden):
        found = read(as_file=True)
        assert "NPL" not in [one.iso3 for one in found.states]
        assert (found.apart.requests, found.apart.paid_minor) == (1, 800_00)
        assert (found.held_minor + found.apart.held_minor, found.paid_minor + found.apart.paid_minor) == by_sql(
            LEDGER, code=CODE
        )
        assert read(who="travel_officer", as_file=True).apart.requests == 0

    def test_no_file_names_its_state(self, hidden, client):
        sign_in(client, hidden.manager)
        assert "Nepal" in client.get(PAGE).text
        text = client.get(f"{PAGE}?as=csv").get_data(as_text=True)
        assert "Nepal" not in text
        assert "Not exported: such requests stand as amounts alone." in text


class TestFiles:
    def test_a_spreadsheet_says_what_it_is_and_has_every_figure(self, mixed, client):
        sign_in(client, person("auditor"))
        answer = client.get(f"{PAGE}?as=xlsx")
        assert f"report-{CODE}-office.xlsx" in answer.headers["Content-Disposition"]
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        said = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
        assert said["Edition"] == "Edition of the office, not to be passed on"
        assert {"As it stands on", "Filters", "Origin"} <= said.keys()
        money_of = next(sheet for sheet in book if sheet.title.endswith("The ledger"))
        paid = list(money_of.iter_rows(values_only=True))[-1][2]
        assert round(paid * 100) == by_sql(LEDGER, code=CODE)[1]

    def test_a_csv_has_one_line_for_each_figure(self, mixed, client):
        sign_in(client, person("auditor"))
        lines = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}?as=csv").get_data(as_text=True).lstrip("\ufeff"))))
        paid = [one for one in lines if (one["Table"], one["Line"], one["Column"]) == ("By State", "All", "Paid")]
        assert [(one["Value"], one["Unit"]) for one in paid] == [("3100.00", "USD")]

    def test_a_pdf_is_made_within_a_request(self, mixed, client):
        sign_in(client, person("auditor"))
        assert client.get(f"{PAGE}?as=pdf").data.startswith(b"%PDF")
        assert client.get(f"{PAGE}?as=doc").status_code == 404


def test_a_session_without_requests_says_that_there_is_nothing(scene, client):
    sign_in(client, person("auditor"))
    assert "There is nothing to report of this session yet." in client.get(PAGE).text


def test_needs_no_more_statements_for_four_states_than_for_one(scene, client):
    scene.seat("travelled", fare=700_00)
    sign_in(client, person("auditor"))
    client.get(PAGE)
    with statements() as one:
        client.get(PAGE)
    for of in ("NPL", "BTN", "TLS"):
        scene.seat("travelled", of=of)
    with statements() as four:
        client.get(PAGE)
    assert len(one) == len(four) <= 24


def test_a_session_leads_to_its_report(scene, client):
    sign_in(client, person("auditor"))
    assert f'href="{PAGE}"' in client.get(f"/sessions/{CODE}").text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Seat)) == 0
