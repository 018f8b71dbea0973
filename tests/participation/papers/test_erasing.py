"""What was handed in goes 90 days after the settlement, and what proves a payment stays."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from tests.factories import papers as handed
from tests.factories import settling, travel
from tests.factories.papers import a_passport, an_account, by_office
from tests.participation.papers.test_papers import delegate_of
from tests.participation.travel.test_papers import made
from tracker.calendar.now import now, today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Forbidden
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.papers import queries, services
from tracker.participation.papers.lifecycle import Paper
from tracker.participation.papers.models import DelegatePapers
from tracker.participation.papers.services.keeping import holder_of, place_of
from tracker.participation.papers.services.opening import contents_of
from tracker.participation.seats.models import Seat
from tracker.participation.settling.models import Settlement
from tracker.rights.actor import Actor
from tracker.sealing.services import Erased, unseal

DAY = timedelta(days=1)


@pytest.fixture
def over(app):
    """Two seats of people who travelled and were paid to their accounts, the first settled."""
    scene = settling.scene()
    seats = [scene.seat("confirmed", allowance=100_00) for _ in range(2)]
    for seat in seats:
        by = {"actor": scene.travel.actor, "version": None, "by": by_office()}
        services.hand_in_passport(seat, passport=a_passport(), **by)
        services.choose_payment(seat, payment=an_account(), **by)
        settling.move(seat, "ticket", "travel")
    settled_at(scene, seats[0], days_ago=90)
    return scene, seats


def settled_at(scene: settling.Scene, seat: uuid.UUID, *, days_ago: int) -> None:
    """The seat was settled so many days ago, and what was handed in came before."""
    then = now() - timedelta(days=days_ago)
    with transaction() as session:
        found = session.scalars(sa.select(Seat).where(Seat.public_id == seat)).one()
        people = {"entered_by_id": scene.travel.person_id, "settled_by_id": scene.finance.person_id}
        update_where(Settlement, Settlement.seat_id == found.id, settled_at=then)
        if session.get(Settlement, found.id) is None:
            session.add(Settlement(seat_id=found.id, settled_at=then, **people))
            update_where(Seat, Seat.id == found.id, status="settled", ended_at=then)
        session.execute(sa.text("UPDATE papers_handed_in SET at = :then"), {"then": then - DAY})


def test_papers_go_90_days_after_the_settlement_and_what_proves_the_payment_stays(over):
    scene, (first, second) = over
    gone, stays = delegate_of(first), delegate_of(second)
    settled_at(scene, first, days_ago=89)
    assert services.erase_what_is_over() == 0
    settled_at(scene, first, days_ago=90)
    assert services.erase_what_is_over() == 1
    with pytest.raises(Erased):
        evidence_of(gone, column="journey")
    assert contents_of(gone, [Paper.PASSPORT, Paper.PAYMENT]) == {}
    assert contents_of(stays, [Paper.PASSPORT])[Paper.PASSPORT]["number"] == "XK7710042"
    assert evidence_of(gone) == {"holder": "Holder Canary", "bank": "Bank", "currency": "EUR", "ends_with": "3000"}
    found = queries.get(first, scene.travel.actor)
    assert (found.is_erased, found.missing, found.handed_in) == (True, (), {})
    with pytest.raises(Forbidden):
        services.open_papers(first, version=None, actor=scene.travel.actor, papers=["passport"], reason="Too late.")
    assert made("participation.papers_erased") == ["participation.papers_erased"]
    # What was paid is read from the ledger as before.
    assert found.journey.money.paid("allowance") == 100_00
    assert services.erase_what_is_over() == 0
    with transaction():
        update_where(DelegatePapers, DelegatePapers.delegate_id == gone, evidence_until=today() - DAY)
    assert services.erase_old_evidence() == 1
    assert services.erase_old_evidence() == 0


def evidence_of(delegate_id: int, *, column: str = "evidence") -> Any:
    if column != "evidence":
        return unseal(place_of("passport", delegate_id), holder_of(delegate_id), b"\x01")
    with db.engine.connect() as connection:
        row = sa.select(DelegatePapers.evidence).where(DelegatePapers.delegate_id == delegate_id)
        return unseal(place_of("evidence", delegate_id), holder_of(delegate_id), connection.scalar(row))


def test_nobody_is_erased_before_their_time_when_the_chore_asks_by_name(over):
    _scene, (_first, second) = over
    assert services.erase_papers(delegate_of(second), actor=Actor.system) == 0
    assert contents_of(delegate_of(second), [Paper.PASSPORT])


def test_whoever_gave_the_seat_to_another_is_erased_too(app):
    scene = travel.confirmed("KEN")
    handed.all_handed_in(scene.seats["KEN"], scene.travel)
    before = delegate_of(scene.seats["KEN"])
    with transaction() as session:
        old = session.get(Delegate, before)
        new = Delegate(request_id=old.request_id, position=9, name="Ben Other")
        session.add(new)
        session.flush()
        update_where(Seat, Seat.delegate_id == before, delegate_id=new.id)
    assert services.erase_what_is_over() == 0
    with transaction() as session:
        session.execute(sa.text("UPDATE papers_handed_in SET at = :then"), {"then": now() - timedelta(days=91)})
    assert services.erase_what_is_over() == 1
    assert contents_of(before, [Paper.PASSPORT]) == {}
