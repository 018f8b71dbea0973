"""Seats are offered, confirmed, declined and taken back, with their money and whoever sits in them."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from tests.factories import offers as make
from tests.factories.accounts import person
from tests.pledges.test_races import at_once
from tests.services.people import sign_in
from tracker.assistance.authorisation import services as authorisation
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, DomainError, Forbidden, Invalid, NotFound, Stale
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import queries as notifications
from tracker.notifications.lifecycle import Turn
from tracker.notifications.models import Addressee
from tracker.participation.models import Delegate
from tracker.participation.offers import services
from tracker.participation.offers.models import Offer
from tracker.participation.support.queries import support_of
from tracker.pledges import queries, verification
from tracker.reference import queries as reference

YESTERDAY = today() - timedelta(days=1)


def held(case) -> int:
    """What is approved and held for a request."""
    found = queries.funding_of([case.now.id])[case.now.id]
    db.session.rollback()
    assert found.approved_minor == found.allocated_minor
    return found.allocated_minor


def events(*names: str) -> list[str]:
    found = db.session.scalars(sa.select(Event.name).where(Event.name.in_(names)).order_by(Event.id)).all()
    db.session.rollback()
    return list(found)


def test_seats_of_several_states_are_offered_at_once_until_the_day_for_answers(app):
    scene = make.ready("KEN", "BTN")
    offers = make.offered(scene)
    days = make.days_of(scene.code)
    assert set(db.session.scalars(sa.select(Offer.until))) == {days["answer"]}
    db.session.rollback()
    assert events("participation.seats_offered") == ["participation.seats_offered"] * 2
    with pytest.raises(Conflict, match="The seat of Awa KEN is offered already"):
        services.send_offers(scene.code, [scene.seats["KEN"]], actor=scene.officer)
    with pytest.raises(Forbidden, match="travel officer or a programme manager"):
        services.send_offers(scene.code, [scene.seats["KEN"]], actor=scene.donors.finance.actor)
    assert make.stands(scene.seats["KEN"]) == ("selected", "selected", None)
    assert len(offers) == 2


def test_an_officer_may_give_less_time_and_never_more(app):
    scene = make.ready("KEN")
    tomorrow, latest = today() + timedelta(days=1), make.days_of(scene.code)["answer"]
    for day, sentence in ((today(), "at least until tomorrow"), (latest + timedelta(days=1), "Choose a day up to")):
        with pytest.raises(Invalid) as refused:
            services.send_offers(scene.code, scene.seats.values(), actor=scene.officer, shortened_to=day)
        assert sentence in str(refused.value.fields["until"])
    services.send_offers(scene.code, scene.seats.values(), actor=scene.officer, shortened_to=tomorrow)
    assert db.session.scalar(sa.select(Offer.until)) == tomorrow


def test_where_nobody_can_get_there_in_time_no_offer_goes_out(app):
    scene = make.ready("KEN", in_days=20)
    with pytest.raises(Conflict, match="Awa KEN cannot get a visa and a ticket in time"):
        services.send_offers(scene.code, scene.seats.values(), actor=scene.officer)
    assert db.session.scalar(sa.select(Offer.id)) is None


def test_the_authority_confirms_once_it_says_that_nobody_else_pays(app):
    scene = make.ready("KEN", "BTN")
    offers, kenya = make.offered(scene), scene.cases["KEN"]
    with pytest.raises(Invalid) as refused:
        services.confirm(offers["KEN"], actor=kenya.authority, version=1, nobody_else_pays=False)
    assert "nobody else pays" in str(refused.value.fields["nobody_else_pays"])
    with pytest.raises(Forbidden, match="Only the authority"):
        services.confirm(offers["KEN"], actor=kenya.drafter, version=1, nobody_else_pays=True)
    with pytest.raises(NotFound):
        services.confirm(offers["KEN"], actor=scene.cases["BTN"].authority, version=1, nobody_else_pays=True)
    with pytest.raises(Stale):
        services.confirm(offers["KEN"], actor=kenya.authority, version=7, nobody_else_pays=True)
    services.confirm(offers["KEN"], actor=kenya.authority, version=1, nobody_else_pays=True)
    assert make.stands(scene.seats["KEN"]) == ("confirmed", "confirmed", "confirmed")
    assert held(kenya) == make.SEAT_COSTS
    with pytest.raises(Forbidden, match="confirmed already"):
        services.decline(offers["KEN"], actor=kenya.authority, version=2, reason="We thought again.")


def test_states_have_answered_once_no_seat_waits_for_its_offer_or_answer(app):
    scene = make.ready("KEN", "BTN")

    def answered():
        support = support_of(reference.get_session(scene.code).id)
        db.session.rollback()
        return support.done.get("answer")

    assert answered() is None
    offers = make.offered(scene)
    services.confirm(offers["KEN"], actor=scene.cases["KEN"].authority, version=1, nobody_else_pays=True)
    assert answered() is None
    services.decline(offers["BTN"], actor=scene.cases["BTN"].authority, version=1, reason="Elections.")
    assert answered() == today()


def test_a_seat_that_is_declined_gives_its_money_back_and_says_why(app):
    scene = make.ready("KEN", "BTN")
    offers, kenya = make.offered(scene), scene.cases["KEN"]
    with pytest.raises(Invalid):
        services.decline(offers["KEN"], actor=kenya.authority, version=1, reason=" ")
    services.decline(offers["KEN"], actor=kenya.authority, version=1, reason="Elections are held that week.")
    assert make.stands(scene.seats["KEN"]) == ("declined", "declined", "declined")
    assert (held(kenya), held(scene.cases["BTN"])) == (0, make.SEAT_COSTS)
    assert verification.verify().first_wrong is None


def all_of(scene):
    return list(scene.seats.values())


def test_a_seat_that_came_to_be_silent_since_the_manager_looked_is_not_taken_back(app):
    scene = make.ready("KEN", "BTN")
    make.offered(scene, until=YESTERDAY)
    act = {"actor": scene.manager, "reason": "No answer came."}
    assert services.take_back(scene.code, [scene.seats["KEN"]], **act) == 1
    assert make.stands(scene.seats["BTN"]) == ("selected", "selected", None)
    with pytest.raises(Conflict, match="No seat is left without an answer"):
        services.take_back(scene.code, [scene.seats["KEN"]], **act)
    with pytest.raises(Conflict, match="No seat is left without an answer"):
        services.take_back(scene.code, [], **act)


def test_silence_decides_nothing_until_the_manager_takes_the_seats_back(app):
    scene = make.ready("KEN", "BTN", "NPL")
    offers = make.offered(scene)
    act = {"actor": scene.manager, "reason": "No answer came."}
    with pytest.raises(Conflict, match="No seat is left without an answer"):
        services.take_back(scene.code, all_of(scene), **act)
    with transaction():
        update_where(Offer, Offer.public_id.in_([offers["KEN"], offers["BTN"]]), until=YESTERDAY)
    with pytest.raises(Forbidden):
        services.take_back(scene.code, all_of(scene), actor=scene.officer, reason="No answer came.")
    # Whoever is late and answers still has the seat.
    bhutan = scene.cases["BTN"].authority
    services.confirm(offers["BTN"], actor=bhutan, version=1, nobody_else_pays=True)
    assert services.take_back(scene.code, all_of(scene), **act) == 1
    assert make.stands(scene.seats["KEN"]) == ("taken_back", "taken_back", "taken_back")
    assert make.stands(scene.seats["NPL"]) == ("selected", "selected", None)
    assert [held(scene.cases[code]) for code in ("KEN", "BTN", "NPL")] == [0, make.SEAT_COSTS, make.SEAT_COSTS]
    with pytest.raises(Forbidden, match="taken back"):
        services.confirm(offers["KEN"], actor=scene.cases["KEN"].authority, version=2, nobody_else_pays=True)
    assert verification.verify().first_wrong is None


def test_two_who_confirm_at_once_confirm_once(app):
    scene = make.ready("KEN")
    offers = make.offered(scene)
    both = scene.cases["KEN"].authority, person("authorising_officer", of="KEN").actor
    acts = [lambda by=by: services.confirm(offers["KEN"], actor=by, version=1, nobody_else_pays=True) for by in both]
    answers = at_once(app, *acts)
    (loser,) = [answer for answer in answers if isinstance(answer, DomainError)]
    assert "confirmed already" in str(loser)
    assert make.stands(scene.seats["KEN"]) == ("confirmed", "confirmed", "confirmed")
    assert events("participation.seat_confirmed") == ["participation.seat_confirmed"]


@pytest.mark.parametrize("_again", range(3))
def test_a_seat_is_confirmed_or_taken_back_and_never_both(app, _again):
    scene = make.ready("KEN")
    offers, authority = make.offered(scene, until=YESTERDAY), scene.cases["KEN"].authority
    answers = at_once(
        app,
        lambda: services.confirm(offers["KEN"], actor=authority, version=1, nobody_else_pays=True),
        lambda: services.take_back(scene.code, all_of(scene), actor=scene.manager, reason="No answer came."),
    )
    (loser,) = [answer for answer in answers if isinstance(answer, DomainError)]
    status, person_stands, outcome = make.stands(scene.seats["KEN"])
    assert status == person_stands == outcome
    said = {"confirmed": "answered meanwhile", "taken_back": "not answered in time and was taken back"}
    assert said[status] in str(loser)
    assert held(scene.cases["KEN"]) == (make.SEAT_COSTS if status == "confirmed" else 0)
    assert verification.verify().first_wrong is None


def test_an_open_offer_ends_with_the_request_that_is_withdrawn(app):
    scene = make.ready("KEN")
    offers, kenya = make.offered(scene), scene.cases["KEN"]
    whole = db.session.get_one(AssistanceRequest, kenya.now.id)
    said = {one.key for one in notifications.audience("assistance.withdrawn", whole, kenya.authority)}
    db.session.rollback()
    authorisation.withdraw(kenya.public_id, actor=kenya.authority, version=kenya.version, reason="Not this time.")
    assert f"person:{scene.travel.person_id}" in said
    first = (Event.name == "assistance.withdrawn", Addressee.turn == Turn.FIRST)
    told = sa.select(Addressee.recipient_key).join(Event, Event.id == Addressee.event_id).where(*first)
    assert set(db.session.scalars(told)) == said, "the page before it says whom the act tells"
    db.session.rollback()
    assert make.stands(scene.seats["KEN"]) == ("cancelled", "cancelled", "ended")
    with pytest.raises(Forbidden, match="has ended"):
        services.confirm(offers["KEN"], actor=kenya.authority, version=2, nobody_else_pays=True)
    assert db.session.scalar(sa.select(Delegate.status).where(Delegate.name == "Moussa KEN")) == "nominated"


def test_a_state_whose_seats_all_came_back_does_not_read_that_it_has_some(app):
    scene = make.ready("KEN", "BTN")
    offers = make.offered(scene, until=YESTERDAY)
    kenya, bhutan = scene.cases["KEN"], scene.cases["BTN"]
    assert (kenya.now.round_result, bhutan.now.round_result) == ("seats", "seats")
    db.session.rollback()
    services.decline(offers["KEN"], actor=kenya.people.authority.actor, version=1, reason="Elections.")
    services.take_back(scene.code, all_of(scene), actor=scene.manager, reason="Silent.")
    assert (kenya.now.round_result, bhutan.now.round_result) == ("returned", "returned")
    db.session.rollback()
    page = sign_in(app.test_client(), kenya.people.drafter).get(kenya.url).get_data(as_text=True)
    assert "No seat of your State stands any more" in page
