"""Somebody else takes a seat: of the State's own order, or newly named with a note verbale; the money stays."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.participation.offers.test_answers import held
from tests.participation.offers.test_pages import press
from tests.pledges.forms import words_of
from tests.rights.papers import note
from tests.services.people import sign_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.offers import services
from tracker.participation.offers.models import Offer
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.pledges import verification
from tracker.reference.models import Session

NEW = services.NewPerson("Zuri", "Wanjiru", function="Judge", email="zuri@ken.example", gender="woman")


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
        ({"new": services.NewPerson("", " "), "note": note()}, "family_name"),
        ({"new": services.NewPerson("Moussa", "Ken"), "note": note()}, "family_name"),
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
