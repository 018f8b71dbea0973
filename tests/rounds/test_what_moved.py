"""What a round says of itself: departures that came of a seat taken off, everything that moved since it was signed,
what a dropped round considered, and why a State has no seat."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.factories import accounts, participation
from tests.factories import rounds as make
from tests.factories import seats as seating
from tests.pledges.forms import words_of
from tests.rounds.test_acts import approve
from tests.rounds.test_pages import post
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Forbidden, Invalid
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat
from tracker.pledges.earmarks import Rule
from tracker.reference.models import Session
from tracker.rounds import inputs, queries, services, waiting_work, without
from tracker.rounds.models import Round, RoundSeat


def moved(round_) -> str:
    found = " ".join(map(str, inputs.moved_since(make.row(round_))))
    db.session.rollback()
    return found


def in_order(asked, round_):
    """The two States in the published order."""
    first = make.next_of(round_)
    return (asked.kenya, asked.nepal) if first == asked.kenya.id else (asked.nepal, asked.kenya)


def test_a_seat_taken_off_asks_for_the_reason_that_is_missing_then(app, people, asked):
    round_ = make.opened(people)
    first, second = in_order(asked, round_)
    for request in (first, second):
        make.give(people, round_, request, asked.pledge)
    services.take_seat_off(round_, actor=people.manager.actor, version=None, delegate=_first_of(first))
    with pytest.raises(Invalid) as refused:
        services.prepare(round_, actor=people.manager.actor, version=None)
    assert "say why" in str(refused.value.fields["reason"])
    manager = sign_in(app.test_client(), people.manager)
    form = f"/rounds/{round_}/prepare"
    assert "These seats depart from the published order now" in words_of(manager.get(form))
    assert post(manager, form).status_code == 422
    assert post(manager, form, reason="The first one withdraws.").status_code == 302
    assert db.session.scalars(sa.select(RoundSeat.reason)).all() == ["The first one withdraws."]
    db.session.rollback()


def test_a_round_in_the_published_order_is_signed_without_a_word(app, people, asked):
    round_ = make.opened(people)
    for request in in_order(asked, round_):
        make.give(people, round_, request, asked.pledge)
    manager = sign_in(app.test_client(), people.manager)
    assert "depart" not in words_of(manager.get(f"/rounds/{round_}/prepare"))
    assert post(manager, f"/rounds/{round_}/prepare").status_code == 302


def test_what_moved_is_seen_of_everybody_who_was_considered(people, asked):
    chad = make.asks("TCD", "Moussa Abakar")
    make.incomplete(chad)
    round_ = make.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge))
    assert not moved(round_)
    make.complete(chad)
    assert "Moussa Abakar: the estimate was incomplete, it is" in moved(round_)
    make.incomplete(chad)
    with transaction():
        update_where(Delegate, Delegate.name == "Ben Otieno", leaves_on=date(2027, 3, 9))
    assert "Ben Otieno: the estimate was USD" in moved(round_)
    with transaction():
        update_where(Delegate, Delegate.name == "Ben Otieno", leaves_on=date(2027, 3, 7))
        update_where(Session, Session.code == make.CODE, seats_funded=5, seats_per_state=3)
    said = moved(round_)
    assert "Seats of the session: it was 4, it is 5 now." in said
    assert "Seats of a State in all: it was 2, it is 3 now." in said


def test_a_seat_that_was_given_or_came_free_beside_the_round_is_said(people, asked):
    approve(people, make.prepared(people, (asked.nepal, asked.pledge), (asked.kenya, asked.pledge)))
    later = make.prepared(people, (asked.kenya, asked.pledge))
    assert not moved(later)
    with transaction():
        update_where(Delegate, Delegate.name == "Sita Rai", status="declined")
        update_where(
            Seat, Seat.request_id == asked.nepal.id, status="declined", given_back=True, ended_at=sa.func.now()
        )
    assert "The seat of Sita Rai has come free since." in moved(later)


def test_a_dropped_round_shows_what_it_considered(app, people, asked):
    round_ = make.opened(people)
    make.give(people, round_, asked.kenya, asked.pledge, reason="It drafts.")
    services.drop(round_, actor=people.manager.actor, version=None, reason="Anew.")
    make.asks("TCD", "Moussa Abakar")
    make.close(asked.nepal)
    page = words_of(sign_in(app.test_client(), people.manager).get(f"/rounds/{round_}"))
    for words in ("Sita Rai", "Awa Konan", "Anew."):
        assert words in page, words
    assert "Moussa Abakar" not in page


def test_who_gave_a_seat_does_not_approve_what_somebody_else_signed(people, asked):
    other = accounts.person("programme_manager")
    round_ = make.opened(people)
    make.give(people, round_, asked.kenya, asked.pledge, reason="It drafts.")
    services.prepare(round_, actor=other.actor, version=None)
    giver = replace(people.manager.actor, roles=frozenset({"finance_officer"}))
    with pytest.raises(Forbidden, match="You gave seats in this round"):
        services.approve(round_, actor=giver, version=None)
    statement = sa.select(waiting_work.count_waiting(people.finance.actor)["rounds"])
    waiting = [
        db.session.scalar(statement, {"person_id": who.actor.person_id}) for who in (people.finance, people.manager)
    ]
    db.session.rollback()
    assert waiting == [1, 0]
    approve(people, round_)


@pytest.mark.parametrize(
    ("status", "days", "found"),
    [
        ("settled", -1, (1, False)),
        ("travelled", -1, (1, True)),
        ("selected", -1, (0, False)),
        ("declined", -1, (0, False)),
        ("confirmed", 30, (0, False)),
        ("settled", 30, (0, False)),
    ],
)
def test_only_seats_that_were_taken_at_sessions_that_are_over_count(people, asked, status, days, found):
    seating.given(people, [seating.seat(asked.nepal, _somebody(asked.nepal), (asked.pledge, 10_00))])
    over = today() + timedelta(days=days)
    earlier = participation.meeting(first_day=over, code="AHC-E")
    with transaction():
        update_where(Session, Session.id == earlier, ends_on=over)
        ended = {"ended_at": sa.func.now(), "given_back": status == "declined"}
        move = {"status": status} | (ended if status in ("settled", "declined") else {})
        update_where(Seat, Seat.request_id == asked.nepal.id, **move)
        update_where(AssistanceRequest, AssistanceRequest.id == asked.nepal.id, session_id=earlier)
    again = make.asks("NPL", "Hari Rai")
    session = db.session.scalars(sa.select(Session).where(Session.code == make.CODE)).one()
    one = next(each for each in queries.asking(session) if each.id == again.id)
    db.session.rollback()
    assert (one.funded_before, one.owes_accounts) == found


def _first_of(request):
    found = db.session.scalars(sa.select(Delegate.public_id).where(Delegate.id == _somebody(request))).one()
    db.session.rollback()
    return found


def _somebody(request) -> int:
    found = db.session.scalars(sa.select(Delegate.id).where(Delegate.request_id == request.id)).first()
    db.session.rollback()
    return found


def why(request) -> str:
    outcome = db.session.scalars(sa.select(Round.outcome).order_by(Round.number.desc())).first()
    said = without.in_words(outcome[str(request.id)]["why_none"])
    db.session.rollback()
    return said


def test_a_state_without_a_seat_reads_its_own_reason(app, people, asked):
    with transaction():
        update_where(Session, Session.code == make.CODE, seats_funded=2)
    late = make.asks("FJI", "Ana Vula")
    lacking, poor = make.asks("TCD", "Moussa Abakar"), make.asks("BTN", "Dorji Wang")
    make.incomplete(lacking)
    round_ = make.opened(people)
    with app.test_request_context():
        order = [placed.candidate.request_id for placed in inputs.table_of(make.row(round_)).sitting.order]
    db.session.rollback()
    ready = [one for one in order if one != lacking.id]
    by_id = {one.id: one for one in (asked.kenya, asked.nepal, late, lacking, poor)}
    for one in ready[:2]:
        make.give(people, round_, by_id[one], asked.pledge)
    services.prepare(round_, actor=people.manager.actor, version=None)
    approve(people, round_)
    with app.test_request_context():
        assert "the estimate for the next of your people is incomplete" in why(lacking)
        assert why(by_id[ready[0]]) == ""
        for one in ready[2:]:
            assert "by lot" in why(by_id[one])


def test_a_state_reads_that_no_money_suits_that_it_was_passed_over_or_that_seats_are_left(app, people):
    make.session(seats=4)
    kenya, nepal, chad = make.asks("KEN"), make.asks("NPL"), make.asks("TCD")
    only = make.pledge_of(people, 4 * make.seat(), earmarks=(Rule("states", ("KEN", "NPL")),))
    round_ = make.opened(people)
    first = make.next_of(round_)
    passed, got = (kenya, nepal) if first == kenya.id else (nepal, kenya)
    make.give(people, round_, got, only, reason="It drafts.")
    services.prepare(round_, actor=people.manager.actor, version=None)
    approve(people, round_)
    with app.test_request_context():
        assert "no money that may be used for your request" in why(chad)
        assert "seats are left" in why(passed)


def test_who_cannot_get_there_any_more_stops_the_approval(people, asked):
    round_ = make.prepared(people, (asked.kenya, asked.pledge))
    assert "in time" not in moved(round_)
    soon = today() + timedelta(days=5)
    with transaction():
        update_where(
            Session, Session.code == make.CODE, starts_on=soon, ends_on=soon, closing_on=today(), visa_safe_on=None
        )
    assert "cannot get a visa and a ticket in time any more" in moved(round_)


def test_a_seat_of_an_earlier_round_is_no_departure_from_the_order(app, people):
    """Nepal, which nominates late, stands behind everybody, and has a seat since the first round."""
    make.session(seats=2)
    with transaction():
        update_where(Session, Session.code == make.CODE, closing_on=today() - timedelta(days=1))
    nepal = make.asks("NPL", "Sita Rai")
    pledge = make.pledge_of(people, 4 * make.seat())
    approve(people, make.prepared(people, (nepal, pledge)))
    by_id = {one.id: one for one in (make.asks("KEN"), make.asks("BTN"))}
    with transaction():
        in_time = now() - timedelta(days=9)
        update_where(AssistanceRequest, AssistanceRequest.id.in_(by_id), submitted_at=in_time)
    round_ = make.opened(people)
    first = make.next_of(round_)
    make.give(people, round_, by_id.pop(first), pledge)
    services.prepare(round_, actor=people.manager.actor, version=None)
    approve(people, round_)
    (other,) = by_id.values()
    with app.test_request_context():
        assert "others first" in why(other)
        assert "departed" not in why(other)


def test_a_state_reads_that_it_was_passed_over_only_where_it_was(app, people):
    """One seat; one pledge pays either State, and is used up by whoever gets it."""
    make.session(seats=3)
    kenya, nepal = make.asks("KEN"), make.asks("NPL")
    round_ = make.opened(people)
    pledge = make.pledge_of(people, make.seat())
    first, second = (kenya, nepal) if make.next_of(round_) == kenya.id else (nepal, kenya)
    give = {"reason": "It drafts."}
    make.give(people, round_, second, pledge, **give)
    with app.test_request_context():
        assert _reason(round_, first) == "by_hand"
    db.session.rollback()
    services.take_seat_off(round_, actor=people.manager.actor, version=None, delegate=_first_of(second))
    make.give(people, round_, first, pledge)
    with app.test_request_context():
        assert _reason(round_, second) == "used"
    db.session.rollback()


def _reason(round_, request) -> str:
    table = inputs.table_of(make.row(round_))
    placed = next(one for one in table.sitting.order if one.candidate.request_id == request.id)
    return without.why_none(table, placed, lambda _who: True)[0]


def test_a_state_that_waits_hears_of_every_round_that_gives_it_nothing(people, given):
    chad = make.asks("TCD", "Moussa Abakar")
    approve(people, make.prepared(people, (chad, given.pledge)))
    told = sa.select(Event.subject_id, Event.data).where(Event.name == "participation.put_on_lists")
    heard = {row.subject_id: row.data["delegate_ids"] for row in db.session.execute(told)}
    ben = db.session.scalars(sa.select(Delegate.id).where(Delegate.name == "Ben Otieno")).one()
    db.session.rollback()
    assert heard == {given.kenya.id: [ben]}
