"""The demonstration data: every status, lawful all through, and nobody gets a letter."""

import re
from collections import Counter
from dataclasses import replace

import click
import pytest
import sqlalchemy as sa

from tracker.accounts import queries as accounts
from tracker.accounts.models import Invitation, Organisation
from tracker.assistance.lifecycle import Status
from tracker.assistance.models import Activity, AssistanceRequest, Clock, Confirmation, Decision, Question
from tracker.assistance.queries import visible_to
from tracker.calendar.now import now
from tracker.events import Event
from tracker.extensions import db
from tracker.jobs.models import Job
from tracker.notifications.lifecycle import Channel
from tracker.notifications.lifecycle import Status as DeliveryStatus
from tracker.notifications.models import Delivery
from tracker.participation.agency.models import AgencyLine
from tracker.participation.agency.refunds import IS_EXPECTED
from tracker.participation.claims.models import ClaimPaper, DelegateClaim
from tracker.participation.delegate_messages.models import DelegateMessage
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.deviations.models import SeatDeviation
from tracker.participation.lifecycle import eligibility
from tracker.participation.seats.models import Seat
from tracker.pledges import verification
from tracker.pledges.lifecycle import Status as PledgeStatus
from tracker.pledges.models import Allocation, Earmark, Instalment, Pledge
from tracker.reference import queries as reference
from tracker.reference.country_lists import lists_of
from tracker.reference.models import State
from tracker.reporting.figures import report
from tracker.reporting.publishing import publication
from tracker.reporting.queries import facts_for_office, facts_for_public
from tracker.rounds.models import Round, RoundSeat
from tracker.rounds.proposals.asking import inputs_of
from tracker.rounds.proposals.models import RoundProposal
from tracker.rounds.reading import table_of
from tracker.triage.case.clarification.models import QuestionTemplate

R = AssistanceRequest
AGAINST = (Status.DECLINED, Status.REFERRED, Status.MERGED, Status.WITHDRAWN, Status.UNFUNDED)
PLEDGES_AGAINST = (PledgeStatus.REFUSED, PledgeStatus.WITHDRAWN, PledgeStatus.LAPSED)


def load(app) -> str:
    return app.test_cli_runner().invoke(args=["demo", "load"], catch_exceptions=False).output


def rows(*columns, **by) -> list:
    found = db.session.execute(sa.select(*columns).where(*by.get("where", ()))).all()
    db.session.rollback()
    return found


def invented() -> set[int]:
    """Organisations that do not exist."""
    statement = sa.select(Organisation.id).outerjoin(State, State.iso3 == Organisation.state_iso3)
    return set(db.session.scalars(statement.where(sa.or_(State.invented, Organisation.kind == "donor"))))


@pytest.fixture
def loaded(app, capsys, monkeypatch):
    """Loads as in a terminal, told how far it is and no guessed time; prints how much there is and how long it took."""
    monkeypatch.setattr("click._termui_impl.isatty", lambda _stream: True)
    output = load(app)
    assert "requests," in output, output
    assert "50%" in output
    assert not re.search(r"\d\d:\d\d", output)
    with capsys.disabled():
        click.echo(output.splitlines()[-1])


def test_shows_every_status_and_speaks_against_no_real_state(app, loaded):
    assert {status for (status,) in rows(R.status)} == {status.value for status in Status}
    assert {status for (status,) in rows(Pledge.status)} == {status.value for status in PledgeStatus}
    assert {kind for (kind,) in rows(R.kind)} == {"technical", "participation"}
    assert {language for (language,) in rows(R.language)} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert {status for (status,) in rows(Allocation.status)} >= {"planned", "approved", "closed"}

    owners = {owner for (owner,) in rows(R.organisation_id, where=[R.status.in_(AGAINST)])}
    owners |= {owner for (owner,) in rows(Pledge.organisation_id, where=[Pledge.status.in_(PLEDGES_AGAINST)])}
    late = sa.select(R.organisation_id).join(Clock, Clock.request_id == R.id)
    late = late.where(Clock.name == "answer", Clock.stopped_at.is_(None), Clock.due_at < now())
    owners |= set(db.session.scalars(late))
    assert owners
    assert owners <= invented()

    assert_every_kind_of_person_meets_every_kind_of_request()
    assert_everything_happened_in_order()
    assert_clocks_questions_and_deliveries_are_there()
    assert_nobody_gets_a_letter()
    assert_one_account_of_each_kind(app)
    assert_the_planned_session_can_be_tried()
    assert_seats_stand_everywhere_and_a_round_is_under_way()
    assert_the_settled_session_has_a_full_report()
    assert_delegates_did_something_on_their_own_page()
    assert verification.verify().first_wrong is None

    before = count()
    assert "nothing was loaded" in load(app)
    assert count() == before


def assert_the_settled_session_has_a_full_report():
    people = [one for one in accounts.demonstration_people() if "programme_manager" in one.roles]
    session, actor = reference.get_session("DEMO-S"), accounts.actor_for(people[0].person_id, people[0].id)
    found = report(facts_for_office(session, actor))
    assert found.counts.used == found.counts.given == found.tickets.bought == found.tickets.in_time >= 3
    assert (found.held_minor, found.paid_minor) == (0, found.cost.paid_minor)
    published = publication(*facts_for_public(session))
    assert (published.regions.whole.asked, published.paid_minor) == (found.counts.asked, found.paid_minor)
    db.session.rollback()


def assert_delegates_did_something_on_their_own_page():
    """A claim with receipts of which a part was accepted and paid, a message with its answer, a helper."""
    ((status, accepted, answer),) = rows(DelegateClaim.status, DelegateClaim.accepted, DelegateClaim.answer)
    assert (status, accepted["visa"]) == ("answered", 60_00)
    assert answer
    assert sorted(line or kind for kind, line in rows(ClaimPaper.kind, ClaimPaper.line)) == [
        *("boarding", "other", "visa", "visa")
    ]
    assert [by for (by,) in rows(DelegateMessage.by_whom)] == ["delegate", "officer"]
    where = [DelegateLink.kind == "helper", DelegateLink.ended_at.is_(None)]
    assert len(rows(DelegateLink.helper_name, where=where)) == 1


def count() -> dict[str, int]:
    tables = [table for table in db.metadata.sorted_tables if table.name != "idempotency_keys"]
    found = {t.name: db.session.scalar(sa.select(sa.func.count()).select_from(t)) for t in tables}
    db.session.rollback()
    return found


def assert_every_kind_of_person_meets_every_kind_of_request():
    """Whoever enters with one press finds each ending, and each marking, somewhere they may look."""
    shown = {}
    for membership in accounts.demonstration_people():
        actor = accounts.actor_for(membership.person_id, membership.id)
        seen = rows(R.status, R.marking, where=[visible_to(actor)])
        for role in membership.roles:
            statuses, markings = shown.setdefault(role, (set(), set()))
            statuses.update(status for status, _marking in seen)
            markings.update(marking for _status, marking in seen)
    for role in ("focal_point", "authorising_officer", "triage_officer", "programme_manager", "auditor"):
        assert shown[role][0] >= set(AGAINST), role
        assert "strictly_confidential" in shown[role][1], role
    officers = {officer for (officer,) in rows(R.assigned_to_id, where=[R.marking == "strictly_confidential"])}
    assert len(officers) == 2


def assert_everything_happened_in_order():
    moments = [at for (at,) in db.session.execute(sa.select(Event.at).order_by(Event.id))]
    assert moments == sorted(moments)
    assert moments[-1] <= now()


def assert_clocks_questions_and_deliveries_are_there():
    clocks = Counter(
        "paused" if paused else "late" if due < now() else "running"
        for due, paused in rows(Clock.due_at, Clock.paused_at, where=[Clock.stopped_at.is_(None)])
    )
    assert set(clocks) == {"paused", "late", "running"}
    assert {bool(answer) for (answer,) in rows(Question.answer)} == {True, False}
    assert {bool(signed) for (signed,) in rows(Decision.signed_at)} == {True, False}
    assert {language for (language,) in rows(QuestionTemplate.language)} == {"en", "fr"}
    amended = rows(Decision.signed_at, where=[Decision.amends_id.is_not(None)])
    assert {bool(signed) for (signed,) in amended} == {True, False}
    assert len(rows(Activity.id, where=[Activity.delivered_on.is_not(None)])) > len(rows(Confirmation.id)) > 0
    parts = rows(Instalment.amount_minor, Instalment.received_minor, Instalment.cancelled_minor)
    assert any(amount > received + cancelled for amount, received, cancelled in parts)


def assert_nobody_gets_a_letter():
    mail = {status for (status,) in rows(Delivery.status, where=[Delivery.channel == Channel.EMAIL])}
    assert mail == {DeliveryStatus.SUPPRESSED}
    assert rows(Delivery.id, where=[Delivery.read_at.is_(None), Delivery.channel == Channel.INAPP])


def assert_one_account_of_each_kind(app):
    roles = Counter(role for membership in accounts.demonstration_people() for role in membership.roles)
    assert set(roles) >= {
        *("focal_point", "authorising_officer", "state_administrator", "donor_officer", "donor_signatory"),
        *("triage_officer", "programme_manager", "finance_officer", "travel_officer"),
        *("administrator", "auditor"),
    }
    assert rows(Invitation.name, where=[Invitation.accepted_at.is_(None), Invitation.expires_at < now()])
    assert roles["triage_officer"] == roles["finance_officer"] == 2
    written = (app.extensions["tracker_settings"].data_dir / "demonstration-accounts.txt").read_text()
    assert "a.kouame@civ.example" in written
    assert "Password of each: " in written


def assert_the_planned_session_can_be_tried():
    session = reference.get_session("AHC-P1")
    state = reference.get_state("KEN")
    today = now().date()
    assert "demonstration" in session.title("en")
    assert "démonstration" in session.title("fr")
    assert eligibility(lists_of(state.iso3, today), session, today=today, days_left=None, takes_late=False).is_open


def assert_seats_stand_everywhere_and_a_round_is_under_way():
    seats = rows(Seat.status, R.organisation_id, where=[R.id == Seat.request_id])
    assert {status for status, _owner in seats} >= {"confirmed", "declined", "ticketed", "settled"}
    assert {
        owner for status, owner in seats if status in ("declined", "taken_back", "no_show", "cancelled")
    } <= invented()
    differing = {number for (number,) in rows(AgencyLine.number, where=[AgencyLine.kind == "fee"])}
    assert len(differing) == 1, "one ticket differs from the agency's statement"
    assert differing < {number for (number,) in rows(AgencyLine.number)}
    assert rows(SeatDeviation.id), "somebody travels otherwise for private reasons"
    assert {owner for _id, owner in rows(Seat.id, R.organisation_id, where=[R.id == Seat.request_id, IS_EXPECTED])} <= (
        invented()
    )
    assert rows(Seat.id, where=[IS_EXPECTED]), "the agency owes something back for a ticket"
    assert {status for (status,) in rows(Round.status)} == {"approved", "open"}
    assert rows(RoundSeat.id, where=[RoundSeat.round_id == Round.id, Round.status == "open"])
    ((round_id,),) = rows(Round.id, where=[Round.status == "open"])
    assert_a_proposal_can_be_taken_over(round_id)
    asking = sa.select(Earmark.pledge_id).where(Earmark.rule == "women")
    ((status, owner),) = rows(Pledge.status, Pledge.organisation_id, where=[Pledge.id.in_(asking)])
    assert status == "accepted"
    assert owner in invented()


def assert_a_proposal_can_be_taken_over(round_id):
    """The round under way has a proposal that was computed, with two texts for each State, from the facts of today."""
    ((inputs, outcome, job),) = rows(RoundProposal.inputs, RoundProposal.outcome, RoundProposal.job_public_id)
    assert len(outcome["seats"]) >= 3
    assert all(one["state"] and one["office"] for one in outcome["texts"])
    assert rows(Job.status, where=[Job.public_id == job]) == [("done",)]
    assert inputs_of(table_of(db.session.get_one(Round, round_id))) == inputs
    db.session.rollback()


def test_is_refused_in_production(app, monkeypatch):
    settings = replace(app.extensions["tracker_settings"], environment="production")
    monkeypatch.setitem(app.extensions, "tracker_settings", settings)
    assert "not go into production" in load(app)
    assert rows(Organisation.id) == []
