"""What is recorded of a journey, by whom, and within what money."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories import seats, travel
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.participation.travel import services
from tracker.participation.travel.services import Papers, Payee, Quotation
from tracker.pledges import services as money
from tracker.reference.models import Session

DAY = timedelta(days=1)


def names() -> list[str]:
    of_the_desk = Event.name.like("participation.%_recorded") | Event.name.like("participation.%_corrected")
    found = db.session.scalars(sa.select(Event.name).where(of_the_desk).order_by(Event.id)).all()
    db.session.rollback()
    return [name.removeprefix("participation.") for name in found]


@pytest.fixture
def scene(app):
    return travel.confirmed("KEN")


@pytest.fixture
def by(scene):
    return {"actor": scene.officer, "version": None}


def test_papers_visa_and_quotation_are_kept_by_their_days(scene, by):
    seat = scene.seats["KEN"]
    services.record_papers(seat, papers=Papers(today(), today() - DAY, None), **by)
    services.record_quotation(seat, quotation=Quotation(18_00, today() + DAY, "Agency", 19_00), **by)
    record = travel.record_of(seat)
    assert (record.papers_on, record.visa_asked_on, record.visa_on) == (today(), today() - DAY, None)
    assert (record.quoted_minor, record.quoted_until, record.direct_minor) == (18_00, today() + DAY, 19_00)
    assert names() == ["papers_recorded", "quotation_recorded"]
    with pytest.raises(Stale):
        services.record_papers(seat, actor=scene.officer, version=1, papers=Papers(None, None, None))
    for papers, field in (
        (Papers(today() + DAY, None, None), "papers_on"),
        (Papers(None, today(), today() - DAY), "visa_on"),
    ):
        with pytest.raises(Invalid) as refused:
            services.record_papers(seat, papers=papers, **by)
        assert list(refused.value.fields) == [field]
    for quotation, field in (
        (Quotation(0, today(), "Agency"), "fare"),
        (Quotation(1_00, today() - DAY, "Agency"), "until"),
        (Quotation(1_00, today(), " "), "source"),
        (Quotation(1_00, today(), "Agency", 0), "direct"),
    ):
        with pytest.raises(Invalid) as refused:
            services.record_quotation(seat, quotation=quotation, **by)
        assert list(refused.value.fields) == [field]


def test_a_ticket_moves_the_seat_and_is_corrected_later(scene, by):
    seat = scene.seats["KEN"]
    services.record_ticket(seat, ticket=travel.a_ticket(), **by)
    assert make.stands(seat) == ("ticketed", "ticketed", "confirmed")
    services.record_ticket(seat, ticket=travel.a_ticket(number="220-2"), **by)
    assert travel.record_of(seat).ticket_number == "220-2"
    assert make.stands(seat)[0] == "ticketed"
    assert names() == ["ticket_recorded", "ticket_corrected"]


def test_a_ticket_above_what_is_approved_is_refused_until_it_is_topped_up(scene, by):
    seat = scene.seats["KEN"]
    with pytest.raises(Invalid) as refused:
        services.record_ticket(seat, ticket=travel.a_ticket(make.SEAT_COSTS + 1), **by)
    assert "USD 0.01 is missing" in str(refused.value.fields["fare"]).replace("\xa0", " ")
    assert "A top-up comes first" in str(refused.value.fields["fare"])
    assert make.stands(seat)[0] == "confirmed"
    # What was paid of the line already counts.
    paid = seats.payment(travel.allocation_of(seat), 5_00, part="advance")
    money.disburse(travel.allocation_of(seat), actor=scene.donors.finance.actor, payment=paid)
    services.record_ticket(seat, ticket=travel.a_ticket(make.SEAT_COSTS), **by)
    assert make.stands(seat)[0] == "ticketed"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"number": " "}, "number"),
        ({"agency": ""}, "agency"),
        ({"route": ""}, "route"),
        ({"issued_on": today() + DAY}, "issued_on"),
        ({"back_on": today()}, "back_on"),
        ({"fare_minor": None}, "fare"),
    ],
)
def test_a_ticket_is_whole(scene, by, said, field):
    with pytest.raises(Invalid) as refused:
        services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(**said), **by)
    assert list(refused.value.fields) == [field]


def test_two_people_do_not_travel_on_one_ticket(app):
    scene = travel.confirmed("KEN", "BTN")
    by = {"actor": scene.officer, "version": None}
    services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(), **by)
    with pytest.raises(Invalid) as refused:
        services.record_ticket(scene.seats["BTN"], ticket=travel.a_ticket(), **by)
    assert "Another person" in str(refused.value.fields["number"])


def test_no_ticket_is_bought_for_a_session_that_was_cancelled(scene, by):
    with transaction():
        update_where(Session, Session.code == scene.code, status="cancelled")
    with pytest.raises(Conflict, match="does not take place"):
        services.record_ticket(scene.seats["KEN"], ticket=travel.a_ticket(), **by)


def test_finance_alone_says_how_somebody_is_paid(scene):
    seat, finance = scene.seats["KEN"], scene.donors.finance.actor
    with pytest.raises(Forbidden, match="finance officer"):
        services.record_payee(seat, actor=scene.officer, version=None, payee=Payee("401200"))
    for payee, field in ((Payee(), "number"), (Payee(on_arrival=True), "advance")):
        with pytest.raises(Invalid) as refused:
            services.record_payee(seat, actor=finance, version=None, payee=payee)
        assert list(refused.value.fields) == [field]
    services.record_payee(seat, actor=finance, version=0, payee=Payee("401200"))
    assert travel.record_of(seat).payee_known
    services.record_payee(seat, actor=finance, version=1, payee=Payee(on_arrival=True, advance="CASH-7"))
    record = travel.record_of(seat)
    assert (record.payee_number, record.on_arrival, record.advance) == (None, True, "CASH-7")


def test_days_really_spent_move_the_seat_and_keep_what_was_provided(scene, by):
    seat = scene.seats["KEN"]
    with pytest.raises(Forbidden, match="not that far"):
        services.record_travelled(seat, spent=travel.spent(), **by)
    travel.ticketed(scene)
    first, last = today() - 5 * DAY, today() - DAY
    provided = {first: frozenset({"dinner", "lunch"}), last + DAY: frozenset({"lodging"}), last: frozenset()}
    services.record_travelled(seat, spent=travel.spent(provided=provided), **by)
    assert make.stands(seat) == ("travelled", "travelled", "confirmed")
    assert travel.record_of(seat).provided == {first.isoformat(): ["lunch", "dinner"]}
    services.record_travelled(seat, spent=travel.spent(last_day=last - DAY, shown_by="boarded"), **by)
    assert travel.record_of(seat).last_day == last - DAY
    assert names()[-2:] == ["travel_recorded", "travel_corrected"]
    for said, field in (
        ({"shown_by": "hearsay"}, "shown_by"),
        ({"last_day": first - DAY}, "last_day"),
        ({"last_day": today() + DAY}, "last_day"),
    ):
        with pytest.raises(Invalid) as refused:
            services.record_travelled(seat, spent=travel.spent(**said), **by)
        assert list(refused.value.fields) == [field]


def test_nobody_records_of_a_seat_that_is_not_confirmed_or_not_theirs_to_see(app):
    scene = make.ready("KEN")
    seat, papers = scene.seats["KEN"], Papers(None, None, None)
    with pytest.raises(Forbidden, match="has not confirmed it"):
        services.record_papers(seat, actor=scene.officer, version=None, papers=papers)
    with pytest.raises(Forbidden, match="travel officer"):
        services.record_papers(seat, actor=scene.manager, version=None, papers=papers)
    with pytest.raises(NotFound):
        services.record_papers(seat, actor=scene.donors.officer.actor, version=None, papers=papers)


def test_a_substitute_begins_with_nothing(scene, by):
    from tests.participation.offers.test_substituting import person
    from tracker.participation.offers import services as offers

    seat, offer = scene.seats["KEN"], make.offer_of(scene.seats["KEN"])
    services.record_payee(seat, actor=scene.donors.finance.actor, version=None, payee=Payee("401200"))
    authority = scene.cases["KEN"].authority
    offers.substitute(offer, actor=authority, version=None, delegate=person("Moussa KEN"))
    offers.confirm(make.offer_of(seat), actor=authority, version=None, nobody_else_pays=True)
    assert travel.record_of(seat) is None
