"""Whom a share of women counts: who sits by now, at every session; and whom it never pays."""

import pytest
import sqlalchemy as sa

from tests.factories import offers
from tests.factories import rounds as make
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.offers import services as answering
from tracker.participation.seats.lifecycle import SeatAction
from tracker.participation.seats.models import Seat
from tracker.participation.seats.queries import sitting_in_seats_of
from tracker.participation.seats.shares import below
from tracker.pledges.models import Allocation, Earmark
from tracker.pledges.queries.shares import select_earmarked_and_strict
from tracker.pledges.services.seats import Moved
from tracker.pledges.women import Counted
from tracker.reference import queries as reference
from tracker.reference.models import Session
from tracker.rounds import services
from tracker.rounds.models import Round
from tracker.rounds.refused import Refused


def test_who_takes_a_seat_over_counts_and_a_seat_that_came_back_does_not(app):
    """Two women sit; each State names its man instead, then one of the seats is declined."""
    scene = offers.ready("KEN", "NPL")
    (pledge,) = set(db.session.scalars(sa.select(Allocation.pledge_id)))
    db.session.rollback()
    make.gender(Awa="woman", Moussa="man")
    with transaction() as session:
        session.add(Earmark(pledge_id=pledge, rule="women", codes=["woman"], share_bp=5_000))
    sent = offers.offered(scene)
    for iso3 in ("KEN", "NPL"):
        assert below(offers.CODE) == [], iso3
        db.session.rollback()
        other = make.delegate(f"Moussa {iso3}")
        answering.substitute(sent[iso3], actor=scene.cases[iso3].authority, version=1, delegate=other)
    assert "women have 0 of 2 of its seats, of those who said it" in " ".join(map(str, below(offers.CODE)))
    assert below("AHC-P1"), "whoever may pay seats of any session"
    db.session.rollback()
    with transaction() as session:
        session.add(Earmark(pledge_id=pledge, rule="sessions", codes=[offers.CODE]))
        row = session.scalars(sa.select(Seat).where(Seat.public_id == scene.seats["KEN"])).one()
        row.apply(SeatAction.DECLINE, version=None)
    assert sitting_in_seats_of([pledge]) == {pledge: Counted(0, 1)}
    assert (below(offers.CODE), below("AHC-P1")) == ([], [])
    db.session.rollback()


def test_the_seats_of_another_session_count_too_and_a_round_says_when_they_moved(people, women):
    """Two of the pledge's seats of an earlier session are men's: here it pays a woman first."""
    pledge, asked = women
    make.gender(Moussa="woman")
    earlier = make.prepared(people, (asked["KEN"], pledge), (asked["TCD"], pledge))
    services.approve(earlier, actor=people.finance.actor, version=None)
    make.gender(Moussa="man")
    with transaction():
        first = reference.get_session(make.CODE).id
        (second,) = [one.id for one in db.session.scalars(sa.select(Session)) if one.code == "AHC-P2"]
        for row in asked.values():
            update_where(AssistanceRequest, AssistanceRequest.id == row.id, session_id=second)
        update_where(Round, Round.session_id == first, session_id=second)
    here = make.asks("FJI", "Jone Vula")
    round_ = make.opened(people)
    make.gender(Jone="man")
    with pytest.raises(Refused, match="Women would have 0 of 3"):
        make.give(people, round_, here, pledge)
    make.gender(Jone="woman")
    make.give(people, round_, here, pledge)
    services.prepare(round_, actor=people.manager.actor, version=None)
    make.gender(Moussa="not_stated")
    with pytest.raises(Moved, match="who sits in its seats, has changed"):
        services.approve(round_, actor=people.finance.actor, version=None)


def test_no_strictly_confidential_request_takes_it_and_where_it_stands_for_one_the_office_reads_it(people, women):
    pledge, asked = women
    round_ = make.prepared(people, (asked["KEN"], pledge))
    services.approve(round_, actor=people.finance.actor, version=None)
    finance = people.finance.actor
    assert db.session.execute(select_earmarked_and_strict(finance)).all() == []
    db.session.rollback()
    with transaction():
        for iso3 in ("KEN", "NPL"):
            is_it = AssistanceRequest.id == asked[iso3].id
            update_where(AssistanceRequest, is_it, marking="strictly_confidential")
    (row,) = db.session.execute(select_earmarked_and_strict(finance)).all()
    assert row.pledge_public_id == pledge
    db.session.rollback()
    with pytest.raises(Refused, match="takes unearmarked money only"):
        make.give(people, make.opened(people), asked["NPL"], pledge, reason="None.")
