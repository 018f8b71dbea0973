"""Somebody else takes a seat: of the State's own order, or newly named with a note verbale; the money stays."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories import participation, pledges, seats
from tests.participation.offers.test_answers import held
from tests.participation.offers.test_pages import press
from tests.pledges.forms import words_of
from tests.pledges.test_races import at_once
from tests.rights.papers import note
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, DomainError, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.offers import services
from tracker.participation.offers.models import Offer
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.pledges import services as paying
from tracker.pledges import verification
from tracker.pledges.models import Act, SeatLine
from tracker.reference.models import Session

NEW = services.NewPerson(
    *("Zuri", "Wanjiru"),
    function="Judge",
    office="High Court",
    email="zuri@ken.example",
    gender="woman",
    nationality_iso3="KEN",
    departure_airport="Nairobi (NBO)",
)

ASKED = ("function", "office", "email", "nationality_iso3", "departure_airport")


def people() -> dict[str, str]:
    """Where everybody who was ever nominated stands."""
    found = dict(map(tuple, db.session.execute(sa.select(Delegate.name, Delegate.status))))
    db.session.rollback()
    return found


def person(name: str) -> uuid.UUID:
    found = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.name == name)).one()
    db.session.rollback()
    return found


@pytest.fixture
def scene(app):
    return make.ready("KEN")


@pytest.fixture
def by(scene):
    return {"actor": scene.cases["KEN"].authority, "version": 1}


def test_an_alternate_takes_the_seat_and_the_state_confirms_it_for_them(scene, by):
    offer = make.offered(scene)["KEN"]
    services.substitute(offer, delegate=person("Moussa KEN"), **by)
    assert make.stands(scene.seats["KEN"]) == ("selected", "selected", None)
    assert people() == {"Awa KEN": "substituted", "Moussa KEN": "selected"}
    assert held(scene.cases["KEN"]) == make.SEAT_COSTS
    first, second = db.session.scalars(sa.select(Offer).order_by(Offer.id))
    assert (first.outcome, first.until) == ("substituted", second.until)
    db.session.rollback()
    with pytest.raises(Forbidden, match="offered anew"):
        services.confirm(offer, nobody_else_pays=True, **by)
    services.confirm(make.offer_of(scene.seats["KEN"]), nobody_else_pays=True, **by)
    assert people() == {"Awa KEN": "substituted", "Moussa KEN": "confirmed"}
    assert verification.verify().first_wrong is None


def test_somebody_new_needs_a_note_verbale_and_is_not_somebody_who_is_nominated(scene, by):
    offer = make.offered(scene)["KEN"]
    refused = (
        ({"new": NEW}, "file"),
        ({"new": NEW, "note": replace(note(), dated=today() + timedelta(days=1))}, "dated"),
        ({"new": NEW, "note": replace(note(), issuer=" ")}, "issuer"),
        ({"new": replace(NEW, family_name=" "), "note": note()}, "family_name"),
        ({"new": replace(NEW, given_name="Moussa", family_name="Ken"), "note": note()}, "family_name"),
        *(({"new": replace(NEW, **{field: ""}), "note": note()}, field) for field in ASKED),
        ({"new": replace(NEW, departure_airport="Nowhere"), "note": note()}, "departure_airport"),
        ({"delegate": person("Awa KEN")}, "who"),
    )
    for said, field in refused:
        with pytest.raises(Invalid) as problem:
            services.substitute(offer, **said, **by)
        assert field in problem.value.fields
    assert people() == {"Awa KEN": "selected", "Moussa KEN": "nominated"}
    services.substitute(offer, new=NEW, note=note(), **by)
    assert people() == {"Awa KEN": "substituted", "Moussa KEN": "nominated", "Zuri Wanjiru": "selected"}
    latest = db.session.scalars(sa.select(Offer).order_by(Offer.id.desc()).limit(1)).one()
    assert latest.note_reference
    assert latest.note_file_id is not None


def test_a_confirmed_seat_changes_hands_until_something_is_bought_for_it(scene, by):
    offer = make.offered(scene)["KEN"]
    services.confirm(offer, nobody_else_pays=True, **by)
    with pytest.raises(Stale):
        services.substitute(offer, delegate=person("Moussa KEN"), **by)
    later = by | {"version": 2}
    services.substitute(offer, delegate=person("Moussa KEN"), **later)
    assert make.stands(scene.seats["KEN"]) == ("selected", "selected", None)
    with pytest.raises(Forbidden, match="moved on"):
        services.substitute(offer, delegate=person("Moussa KEN"), **later)
    anew = make.offer_of(scene.seats["KEN"])
    services.confirm(anew, nobody_else_pays=True, **by)
    with transaction() as session:
        session.scalars(sa.select(Seat)).one().apply(SeatAction.TICKET, version=None)
    with pytest.raises(Forbidden, match="moved on"):
        services.substitute(anew, new=NEW, note=note(), **later)
    assert held(scene.cases["KEN"]) == make.SEAT_COSTS


def test_nobody_is_named_who_cannot_get_there_in_time(scene, by):
    offer = make.offered(scene)["KEN"]
    from tracker.reference.models import Session

    with transaction():
        soon = today() + timedelta(days=10)
        update_where(Session, Session.code == scene.code, starts_on=soon, ends_on=soon)
    with pytest.raises(Conflict, match="Moussa KEN cannot get a visa"):
        services.substitute(offer, delegate=person("Moussa KEN"), **by)
    assert people() == {"Awa KEN": "selected", "Moussa KEN": "nominated"}


def test_the_authority_names_somebody_else_on_the_page(app, scene):
    offer = f"/offers/{make.offered(scene)['KEN']}"
    authority = sign_in(app.test_client(), scene.cases["KEN"].people.authority)
    assert f"{offer}/substitute" in authority.get(offer).text
    usual = {"language": "en", "gender": "not_stated"}
    page = words_of(authority.get(f"{offer}/substitute"))
    assert "Moussa KEN" in page
    assert press(authority, f"{offer}/substitute", who="new", family_name="Wanjiru", **usual).status_code == 422
    assert press(authority, f"{offer}/substitute", who=str(person("Moussa KEN")), **usual).status_code == 302
    assert "Moussa KEN" in words_of(authority.get(f"/offers/{make.offer_of(scene.seats['KEN'])}"))


def test_naming_somebody_else_gives_no_more_time(scene, by):
    offer = make.offered(scene)["KEN"]
    yesterday = today() - timedelta(days=1)
    with transaction():
        update_where(Offer, Offer.public_id == offer, until=yesterday)
    services.substitute(offer, delegate=person("Moussa KEN"), **by)
    assert db.session.scalars(sa.select(Offer.until).order_by(Offer.id.desc()).limit(1)).one() == yesterday


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"ends_on": today() - timedelta(days=1)}])
def test_of_a_session_that_does_not_take_place_no_seat_is_offered_or_confirmed(scene, by, facts):
    offer = make.offered(scene)["KEN"]
    past = {"starts_on": today() - timedelta(days=5), "closing_on": today() - timedelta(days=60)}
    with transaction():
        update_where(Session, Session.code == scene.code, **(past | facts))
    for act in (
        lambda: services.confirm(offer, nobody_else_pays=True, **by),
        lambda: services.substitute(offer, delegate=person("Moussa KEN"), **by),
        lambda: services.send_offers(scene.code, scene.seats.values(), actor=scene.officer),
    ):
        with pytest.raises(Conflict, match="can be given or confirmed"):
            act()
    services.decline(offer, reason="The session does not take place.", **by)


def test_who_pays_stands_with_the_lines_of_the_seat_and_a_visa_is_the_persons_own(scene, by):
    offer = make.offered(scene)["KEN"]
    with transaction():
        update_where(Delegate, Delegate.name == "Awa KEN", payer_visa="nobody", payer_fare="fund")
        update_where(Delegate, Delegate.name == "Moussa KEN", payer_fare="state", payer_insurance="fund")
    services.substitute(offer, delegate=person("Moussa KEN"), **by)
    moussa = db.session.scalars(sa.select(Delegate).where(Delegate.name == "Moussa KEN")).one()
    assert (moussa.payer_fare, moussa.payer_insurance, moussa.payer_visa) == ("fund", "state", "nobody")
    db.session.rollback()
    anew = make.offer_of(scene.seats["KEN"])
    services.substitute(anew, new=NEW, note=note(), **by)
    zuri = db.session.scalars(sa.select(Delegate).where(Delegate.name == "Zuri Wanjiru")).one()
    # Nobody said that Zuri needs no visa: its days count until somebody does.
    assert (zuri.payer_fare, zuri.payer_insurance, zuri.payer_visa) == ("fund", "state", None)
    db.session.rollback()


def test_nobody_takes_a_seat_who_goes_elsewhere_on_the_same_days(scene, by):
    offer = make.offered(scene)["KEN"]
    elsewhere = participation.accepted(scene.cases["KEN"].people, session_id=participation.meeting(), names=("Zuri W",))
    awa = db.session.scalars(sa.select(Delegate).where(Delegate.name == "Awa KEN")).one()
    days = {"arrives_on": awa.arrives_on, "leaves_on": awa.leaves_on}
    db.session.rollback()
    there = Delegate.request_id == elsewhere.now.id
    for status in ("nominated", "not_selected"):
        with transaction():
            update_where(Delegate, there, email=NEW.email, status=status, **days)
        with pytest.raises(Invalid) as refused:
            services.substitute(offer, new=NEW, note=note(), **by)
        assert "is nominated for AHC" in str(refused.value.fields["family_name"])
    with transaction():
        update_where(Delegate, there, status="substituted")
    services.substitute(offer, new=NEW, note=note(), **by)
    assert people()["Zuri Wanjiru"] == "selected"


def test_what_was_paid_for_one_person_is_not_handed_on(app, scene, by):
    offer = make.offered(scene)["KEN"]
    services.confirm(offer, nobody_else_pays=True, **by)
    allocation = make.paid(scene, scene.seats["KEN"], 5_00)
    with pytest.raises(Forbidden, match="Something was paid for this seat"):
        services.substitute(offer, delegate=person("Moussa KEN"), **by | {"version": 2})
    back = seats.payment(allocation, 5_00, "BACK-1")
    paying.recover(allocation, actor=scene.donors.finance.actor, payment=back)
    services.substitute(offer, delegate=person("Moussa KEN"), **by | {"version": 2})
    assert make.stands(scene.seats["KEN"])[:2] == ("selected", "selected")
    # The recovery cannot be taken back any more: the seat is another person's, and not confirmed.
    act = db.session.scalars(sa.select(Act.public_id).where(Act.external_reference == "BACK-1")).one()
    db.session.rollback()
    with pytest.raises(Conflict, match="has not confirmed this seat"):
        pledges.reverse(scene.donors, act)
    assert verification.verify().first_wrong is None


def test_nothing_is_paid_for_a_seat_before_it_is_confirmed_and_after_it_ended(app, scene, by):
    offer = make.offered(scene)["KEN"]
    allocation, finance = make.money_of(scene.seats["KEN"]), scene.donors.finance
    line = db.session.scalars(sa.select(SeatLine.id).where(SeatLine.allocation_id.is_not(None))).one()
    db.session.rollback()
    payment = paying.Payment(1_00, today(), "FIN-9", "travel_agent", "card", seat_line_id=line, part="whole")
    with pytest.raises(Forbidden, match="has not confirmed this seat"):
        paying.disburse(allocation, actor=finance.actor, payment=payment)
    page = sign_in(app.test_client(), finance).get(f"/finance/allocations/{allocation}")
    assert "The State has not confirmed this seat" in words_of(page)
    assert f"/finance/allocations/{allocation}/pay" not in page.text
    services.decline(offer, reason="Elections.", **by)
    with pytest.raises(Forbidden, match="has ended"):
        paying.disburse(allocation, actor=finance.actor, payment=payment)


@pytest.mark.parametrize("_again", range(3))
def test_a_seat_is_paid_or_given_to_somebody_else_and_never_both(app, scene, by, _again):
    offer = make.offered(scene)["KEN"]
    services.confirm(offer, nobody_else_pays=True, **by)
    allocation, moussa = make.money_of(scene.seats["KEN"]), person("Moussa KEN")
    payment, finance = seats.payment(allocation, 5_00), scene.donors.finance.actor
    answers = at_once(
        app,
        lambda: services.substitute(offer, delegate=moussa, **by | {"version": 2}),
        lambda: paying.disburse(allocation, actor=finance, payment=payment),
    )
    (loser,) = [answer for answer in answers if isinstance(answer, DomainError)]
    status = make.stands(scene.seats["KEN"])[0]
    assert {"selected": "has not confirmed", "confirmed": "Something was paid"}[status] in str(loser)
    assert verification.verify().first_wrong is None
