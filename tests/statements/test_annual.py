"""The annual report of a donor: its sums are those of the ledger, and it tells what the donor may know."""

import csv
import io
from contextlib import contextmanager
from datetime import datetime

import pytest
import sqlalchemy as sa

from tests.factories import pledges as make
from tests.factories import settling
from tests.pledges.forms import words_of
from tests.reporting.scenes import hide, two_pledges
from tests.services.statements import statements
from tests.statements.test_pledge import paid
from tracker.accounts.models import Organisation
from tracker.accounts.queries.actors import actor_for
from tracker.assistance.models import Activity, AssistanceRequest, Confirmation, Consent
from tracker.calendar import now as clock
from tracker.calendar.now import VIENNA, today
from tracker.database.transactions import transaction
from tracker.errors import Conflict, NotFound, Stale
from tracker.extensions import db
from tracker.jobs import queries as job_queries
from tracker.jobs import services as jobs
from tracker.participation.seats.models import Seat
from tracker.pledges import services
from tracker.statements.annual import queries
from tracker.statements.annual.figures import annual
from tracker.statements.annual.reading import average_rates, facts_of
from tracker.statements.annual.services import ask_for_annual_report, explain_deviations

OF_THE_DONOR = """
    SELECT sum(CASE WHEN target.kind = :kind THEN transfers.amount_minor ELSE 0 END)
         - sum(CASE WHEN source.kind = :kind THEN transfers.amount_minor ELSE 0 END)
    FROM transfers
    JOIN ledger_accounts source ON source.id = transfers.from_account_id
    JOIN ledger_accounts target ON target.id = transfers.to_account_id
    JOIN pledges ON pledges.id = source.pledge_id
    LEFT JOIN allocations ON allocations.id = coalesce(source.allocation_id, target.allocation_id)
    LEFT JOIN assistance_requests request ON request.id = allocations.request_id
    WHERE pledges.organisation_id = :donor
"""
STRICT, OPEN = " AND request.marking = 'strictly_confidential'", " AND request.marking <> 'strictly_confidential'"


@pytest.fixture
def scene(app):
    return settling.scene()


@contextmanager
def next_year(year_ahead=1):
    """Some weeks into a year to come: this one is over."""
    with clock.shifted(datetime(today().year + year_ahead, 2, 10, 12, tzinfo=VIENNA)):
        yield today().year - year_ahead


@pytest.fixture
def mixed(scene):
    """Seats of four States, one paid by two pledges and one by a donor of its own; assistance paid out of a pledge in
    euros; a request that was strictly confidential from its beginning."""
    scene.seat("travelled", fare=700_00, allowance=1_000_00)
    repaid = scene.seat("travelled", of="TLS", fare=650_00)
    scene.recover(repaid, 50_00, "fare")
    scene.seat("no_show", of="NPL", fare=500_00)
    scene.seat("cancelled", of="NPL", fare=300_00)
    two_pledges(scene)
    people = scene.donors
    euros = make.funded(people, make.terms(1_000_00, "EUR"))
    for marking, amount in (("unclassified", 200_00), ("strictly_confidential", 12_34)):
        request = make.request_of(of := "GHA", marking=marking, title=f"A law for {of}")
        allocation = make.allocated(people, euros, request, amount)
        services.disburse(allocation, actor=people.finance.actor, payment=paid(amount // 2, f"FIN-{marking}"))
    other = make.people("SIDA")
    theirs = make.funded(other)
    services.disburse(
        make.allocated(other, theirs, make.request_of("PER"), 20_00), actor=other.finance.actor, payment=paid(15_00)
    )
    db.session.rollback()
    return scene


def donor_of(people):
    row = db.session.scalars(sa.select(Organisation).where(Organisation.id == people.officer.actor.organisation_id))
    found = row.one()
    db.session.rollback()
    return found.id, found.public_id


def by_sql(kind, donor, more=""):
    found = db.session.scalar(sa.text(OF_THE_DONOR + more), {"kind": kind, "donor": donor})
    db.session.rollback()
    return int(found or 0)


def counted(donor, year, actor=None):
    facts = facts_of(donor, queries.period_of(donor, year))
    known = {one.id for one in facts.requests}
    if actor is not None:
        known = queries.known_to(actor, donor, {one.request for one in facts.uses})
    found = annual(facts, known)
    db.session.rollback()
    return found


def work():
    db.session.rollback()
    for job_id in job_queries.waiting_ids():
        jobs.run(job_id, actor_for)


def test_each_sum_is_that_of_the_ledger_as_somebody_else_adds_it_up(mixed):
    donor, _public = donor_of(mixed.donors)
    with next_year() as year:
        found = counted(donor, year)
    sums = {kind: by_sql(kind, donor) for kind in ("paid", "held", "available")}
    assert sums["paid"] == 700_00 + 1_000_00 + 600_00 + 500_00 + 300_00 + 100_00 + 6_17
    assert found.paid == sums["paid"] == sum(one.done for one in found.money)
    assert sum(one.held for one in found.pledges) == sums["held"] == sum(one.held for one in found.requests)
    assert sum(one.available for one in found.pledges) == sums["available"]
    for one in found.pledges:
        assert one.opening + one.came - one.paid - one.returned == one.held + one.available
    for one in found.requests:
        assert one.planned - one.paid - one.back == one.held
    assert sum(one.paid for one in found.requests) == sums["paid"]
    apart = found.requests[-1]
    assert apart.request is None
    assert (apart.paid, apart.held) == (by_sql("paid", donor, STRICT), by_sql("held", donor, STRICT)) == (6_17, 6_17)
    assert sum(one.paid for one in found.regions) == by_sql("paid", donor, OPEN)
    assert {one.request.iso3 for one in found.requests if one.request} == {"KEN", "TLS", "NPL", "BTN", "GHA"}
    assert [(one.borne_by, one.seats, one.paid) for one in found.unused] == [("pledge", 2, 800_00)]
    assert [(one.key, one.planned, one.done) for one in found.counts] == [("requests", 5, 4), ("seats", 5, 2)]


def test_two_years_lead_on_from_each_other(mixed):
    donor, _public = donor_of(mixed.donors)
    with next_year() as first:
        before = counted(donor, first)
        (ghana,) = [one for one in before.requests if one.request and one.request.iso3 == "GHA"]
        mixed.pay(first_seat(), 100_00, "terminals")
    with next_year(2) as year:
        whole, later = counted(donor, year), counted(donor, year + 1)
        again = counted(donor, year)
    assert (whole, later.paid) == (again, 100_00)
    assert whole.pledges == before.pledges, "what was posted later is not in it"
    for one, other in zip(before.pledges, later.pledges, strict=True):
        assert one.held + one.available == other.opening
    (row,) = [one for one in later.requests if one.request and one.request.iso3 == "GHA"]
    assert (row.planned, row.paid, row.held) == (ghana.held, 0, ghana.held)
    terminals = {one.key: (one.planned, one.done) for one in later.money}["terminals"]
    assert terminals[1] == 100_00


def first_seat():
    found = db.session.scalars(sa.select(Seat.public_id).order_by(Seat.id)).first()
    db.session.rollback()
    return found


def test_the_rate_is_that_of_all_receipts_by_their_amounts(app):
    people = make.people()
    pledge = make.accepted(people, make.terms(1_000_00, "EUR"))
    services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(400_00, charge_minor=10_00))
    with transaction() as session:
        session.execute(sa.text("UPDATE exchange_rates SET units_per_usd = 1 WHERE currency = 'EUR'"))
    services.record_receipt(pledge, actor=people.finance.actor, money_in=make.money_in(100_00))
    donor, _public = donor_of(people)
    with next_year() as year:
        (one,) = counted(donor, year).pledges
        period = queries.period_of(donor, year)
        assert average_rates([one.id], period) == {one.id: one.rate}
    fund = 400_00 / 0.8 + 100_00
    assert abs(float(one.rate) - 500_00 / fund) < 1e-6


@pytest.fixture
def taught(mixed):
    """The request of Ghana, for which something was given that it confirmed; gives its id."""
    people = mixed.donors
    wanted = sa.select(AssistanceRequest.id).where(
        AssistanceRequest.title == "A law for GHA", AssistanceRequest.marking == "unclassified"
    )
    with transaction() as session:
        request_id = session.scalars(wanted).one()
        given = {"planned_on": today(), "delivered_on": today(), "women": 4, "men": 3}
        by = people.manager.person_id
        activity = Activity(request_id=request_id, title="Judges were taught", recorded_by_id=by, **given)
        session.add(activity)
        session.flush()
        said = {"rating": 5, "comment": "It helped our courts.", "confirmed_by_id": people.officer.person_id}
        session.add(Confirmation(activity_id=activity.id, **said))
    return request_id


def explain(people, public_id, year, text):
    explain_deviations(public_id, year, actor=people.manager.actor, version=1, text=text)


def test_it_is_counted_by_a_worker_and_read_by_the_donor_and_the_office(mixed, app, sign_in):
    people = mixed.donors
    _donor, public_id = donor_of(people)
    with next_year() as year:
        page = f"/annual-reports/{public_id}/{year}"
        client = sign_in(app.test_client(), people.officer)
        assert "This report was not counted yet." in client.get(page).text
        assert client.get(f"{page}?as=csv").status_code == 404
        ask_for_annual_report(public_id, year, actor=people.officer.actor)
        with pytest.raises(Conflict):
            ask_for_annual_report(public_id, year, actor=people.manager.actor)
        work()
        explain(people, public_id, year, "A visa came too late.")
        with pytest.raises(Stale):
            explain(people, public_id, year, "Late.")
        for reader in (people.officer, people.manager):
            said = words_of(sign_in(app.test_client(), reader).get(page))
            assert "A visa came too late." in said
            assert "Kenya" in said
            assert "Peru" not in said
        for form in ("pdf", "xlsx", "csv"):
            assert client.get(f"{page}?as={form}").status_code == 200
        assert f'href="{page}"' in client.get("/annual-reports").text
        hide(mixed.cases["KEN"])
        said = words_of(client.get(page))
        assert "Kenya" not in said, "what became strictly confidential since is an amount alone"
        other = sign_in(app.test_client(), make.people("SIDA").officer)
        assert other.get(page).status_code == 404


def test_words_of_a_state_are_told_with_its_consent_of_the_day(mixed, taught, app, sign_in):
    people = mixed.donors
    _donor, public_id = donor_of(people)
    with next_year() as year:
        page = f"/annual-reports/{public_id}/{year}"
        ask_for_annual_report(public_id, year, actor=people.officer.actor)
        work()
        client = sign_in(app.test_client(), people.officer)
        said = words_of(client.get(page))
        assert "It helped our courts." not in said
        assert "Judges were taught" not in said
        with transaction() as session:
            session.add_all(
                Consent(request_id=taught, field=field, audience="donors", given_by_id=people.officer.person_id)
                for field in ("title", "summary")
            )
        rows = list(csv.reader(io.StringIO(client.get(f"{page}?as=csv").get_data(as_text=True).lstrip("\ufeff"))))
        assert any("It helped our courts." in row for row in rows)
        assert "Judges were taught" in words_of(client.get(page))


def test_there_is_no_report_of_a_year_before_the_first_or_to_come(scene):
    donor, _public = donor_of(scene.donors)
    for year in (today().year - 1, today().year + 1):
        with pytest.raises(NotFound):
            queries.period_of(donor, year)
    db.session.rollback()


def test_more_allocations_cost_no_more_statements(scene):
    donor, _public = donor_of(scene.donors)
    costs = []
    for _round in range(2):
        scene.seat("travelled", fare=100_00)
        with next_year() as year, statements() as seen:
            counted(donor, year)
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 15
