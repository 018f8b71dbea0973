"""A round opened, given, signed and approved by two persons, or refused with a sentence for each reason."""

from collections import Counter
from functools import partial

import pytest
import sqlalchemy as sa

from tests.factories import pledges as money
from tests.factories import rounds as make
from tests.factories import seats as seating
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Forbidden, Invalid, Stale
from tracker.events.models import Event
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.models import Seat, SeatLine
from tracker.participation.support.queries import support_of
from tracker.pledges import verification
from tracker.pledges.earmarks import Rule
from tracker.pledges.models import Allocation, RequestFunding
from tracker.pledges.services.seats import Moved
from tracker.reference import nominations
from tracker.rounds import inputs, services
from tracker.rounds.models import Round
from tracker.rounds.refused import Refused


def count(model) -> int:
    found = db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0
    db.session.rollback()
    return found


def approved_of(request) -> int:
    this = RequestFunding.request_id == request.id
    found = db.session.scalar(sa.select(RequestFunding.approved_minor).where(this)) or 0
    db.session.rollback()
    return found


def approve(people, round_, **by) -> list[int]:
    return services.approve(round_, actor=by.get("actor", people.finance.actor), version=make.row(round_).version)


def names() -> Counter[str]:
    found = Counter(db.session.scalars(sa.select(Event.name)))
    db.session.rollback()
    return found


def test_two_persons_give_the_seats_and_everybody_else_stands_on_the_lists(people, asked):
    chad = make.asks("TCD", "Moussa Abakar")
    make.incomplete(chad)
    round_ = make.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge))
    assert count(Seat) == 0
    assert inputs.kept(make.row(round_))["limits"] == {"seats": 4, "first_pass": 1, "in_all": 2}
    seats = approve(people, round_)
    assert (len(seats), count(Seat), count(Allocation)) == (2, 2, 2)
    assert make.people_of(asked.kenya) == {"Awa Konan": "selected", "Ben Otieno": "reserve"}
    assert make.people_of(asked.nepal) == {"Sita Rai": "selected"}
    assert make.people_of(chad) == {"Moussa Abakar": "reserve"}
    assert (approved_of(asked.kenya), approved_of(chad)) == (make.seat(), 0)
    lines = db.session.scalars(sa.select(SeatLine.approved_minor).where(SeatLine.seat_id == seats[0])).all()
    assert sum(lines) == make.seat()
    outcome = make.row(round_).outcome
    assert outcome[str(asked.kenya.id)]["findings"][0][1:] == ["A/AC.291/7, annex II", "nominated in time"]
    assert list(outcome[str(asked.kenya.id)]["reserve"].values()) == [2]
    assert names()["participation.seats_given"] == 2
    assert (names()["participation.put_on_lists"], names()["rounds.approved"]) == (1, 1)
    assert verification.verify().first_wrong is None


def test_the_one_who_prepared_does_not_approve_and_a_session_has_one_round_at_a_time(people, asked):
    with transaction():
        both = money.people().finance
    round_ = make.prepared(people, (asked.kenya, asked.pledge))
    assert nominations.rounds_prepared(make.row(round_).session_id)
    with pytest.raises(Conflict, match="under way already"):
        make.opened(people)
    preparer = people.manager.actor.__class__(
        person_id=people.manager.actor.person_id, roles=frozenset({"finance_officer"})
    )
    with pytest.raises(Forbidden, match="somebody else"):
        approve(people, round_, actor=preparer)
    with pytest.raises(Forbidden, match="Only a finance officer"):
        approve(people, round_, actor=people.manager.actor)
    services.send_back(round_, actor=both.actor, version=None, reason="Nepal was first.")
    assert (make.row(round_).status, make.row(round_).reason) == ("open", "Nepal was first.")
    with pytest.raises(Forbidden, match="where it is now"):
        approve(people, round_)
    assert not nominations.rounds_prepared(make.row(round_).session_id), "who is late can nominate again"
    services.drop(round_, actor=people.manager.actor, version=None, reason="Anew.")
    second = make.opened(people)
    assert (make.row(second).number, make.row(second).seed != make.row(round_).seed) == (2, True)
    with pytest.raises(Stale):
        services.drop(second, actor=people.manager.actor, version=7, reason="Anew.")


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [
        (make.cancel, "does not take place"),
        (make.close_account, "The account of this session is closed"),
    ],
)
def test_of_a_session_that_was_cancelled_or_closed_no_seat_is_given_and_the_round_is_dropped(
    people, asked, ends, sentence
):
    round_ = make.prepared(people, (asked.kenya, asked.pledge))
    ends(people)
    with pytest.raises(Conflict, match=sentence):
        approve(people, round_)
    services.send_back(round_, actor=people.finance.actor, version=None, reason="Cancelled.")
    for act in (services.prepare, partial(services.give_seat, request_id=asked.kenya.id)):
        with pytest.raises(Conflict, match=sentence):
            act(round_, actor=people.manager.actor, version=None)
    services.drop(round_, actor=people.manager.actor, version=None, reason="Cancelled.")
    with pytest.raises(Conflict, match=sentence):
        make.opened(people)
    assert count(Seat) == 0


def test_a_session_says_from_the_approval_on_that_its_seats_are_given(people, asked):
    session_id = make.row(make.prepared(people, (asked.kenya, asked.pledge))).session_id
    db.session.rollback()
    assert "round" not in support_of(session_id).done
    (round_,) = db.session.scalars(sa.select(Round.public_id))
    approve(people, round_)
    assert support_of(session_id).done == {"round": today()}


def test_what_departs_from_the_order_needs_a_reason_and_a_states_own_order_is_kept(people, asked):
    round_ = make.opened(people)
    first = make.next_of(round_)
    other = asked.nepal if first == asked.kenya.id else asked.kenya
    with pytest.raises(Invalid) as refused:
        make.give(people, round_, other, asked.pledge)
    assert "say why" in str(refused.value.fields["reason"])
    make.give(people, round_, other, asked.pledge, reason="It drafts the text.")
    with pytest.raises(Conflict):
        make.give(people, round_, other, asked.pledge, reason="It drafts the text.")
    make.give(people, round_, asked.kenya if other is asked.nepal else asked.nepal, asked.pledge)
    make.give(people, round_, asked.kenya, asked.pledge)
    assert make.seated(round_) == {"Awa Konan", "Ben Otieno", "Sita Rai"}
    services.take_seat_off(round_, actor=people.manager.actor, version=None, delegate=make.delegate("Ben Otieno"))
    assert make.seated(round_) == {"Awa Konan", "Sita Rai"}


def test_every_refusal_is_a_sentence(people, asked):
    chad = make.asks("TCD", "Moussa Abakar")
    make.incomplete(chad)
    others = make.pledge_of(people, 2 * make.seat(), earmarks=(Rule("states", ("FJI",)),))
    small = make.pledge_of(people, make.seat() // 2)
    round_ = make.opened(people)
    with pytest.raises(Refused) as refused:
        make.give(people, round_, chad, asked.pledge, reason="It waits.")
    assert "The estimate is incomplete" in str(refused.value.reasons[0])
    with pytest.raises(Refused, match="other States"):
        make.give(people, round_, asked.kenya, others, reason="As asked.")
    with pytest.raises(Refused, match="lacks money"):
        make.give(people, round_, asked.kenya, small, reason="As asked.")
    with pytest.raises(Invalid) as refused:
        make.give(people, round_, asked.kenya, asked.pledge, small, reason="As asked.")
    assert "no second one is needed" in str(refused.value.fields["second"])
    with pytest.raises(Conflict, match="Give a seat first"):
        services.prepare(round_, actor=people.manager.actor, version=None)


def test_two_pledges_pay_by_whole_lines_where_none_can_alone(people):
    make.session(seats=4)
    kenya = make.asks("KEN")
    allowance = make.costs()["allowance"]
    first, second = (make.pledge_of(people, cents) for cents in (make.seat() - allowance + 100, allowance))
    round_ = make.opened(people)
    with pytest.raises(Invalid, match="Invalid"):
        make.give(people, round_, kenya, second, first)
    make.give(people, round_, kenya, first, second)
    services.prepare(round_, actor=people.manager.actor, version=None)
    (seat,) = approve(people, round_)
    paid = db.session.execute(
        sa.select(SeatLine.kind, Allocation.pledge_id)
        .join(Allocation, Allocation.id == SeatLine.allocation_id)
        .where(SeatLine.seat_id == seat)
    ).all()
    db.session.rollback()
    assert {kind: pledge == seating.row_of(second) for kind, pledge in map(tuple, paid)} == {
        kind: kind == "allowance" for kind in make.costs()
    }
    assert verification.verify().first_wrong is None


@pytest.mark.parametrize("what", ["withdrawn", "estimate", "pledge", "added"])
def test_an_approval_fails_whole_and_says_what_moved(people, asked, what):
    round_ = make.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge))
    said = MOVES[what](people, asked)
    with pytest.raises(Moved) as moved:
        approve(people, round_)
    assert said in " ".join(map(str, moved.value.reasons))
    db.session.rollback()
    assert (make.row(round_).status, count(Seat), count(Allocation)) == ("prepared", 0, 0)
    assert set(make.people_of(asked.nepal).values()) == {"nominated"}


def _withdrawn(_people, asked) -> str:
    make.close(asked.kenya)
    return "Kenya: its request is not eligible any more."


def _estimate(_people, asked) -> str:
    make.incomplete(asked.kenya)
    return "Awa Konan: the estimate is incomplete now."


def _pledge(people, asked) -> str:
    money.refund(people, asked.pledge, 3 * make.seat(), "BACK-1")
    return "the seats need"


def _added(_people, _asked) -> str:
    make.asks("TCD")
    return "its request has become eligible since."


MOVES = {"withdrawn": _withdrawn, "estimate": _estimate, "pledge": _pledge, "added": _added}


def test_a_later_round_counts_the_seats_of_the_earlier(people, asked):
    approve(people, make.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge)))
    later = make.opened(people)
    make.give(people, later, asked.kenya, asked.pledge)
    services.prepare(later, actor=people.manager.actor, version=None)
    approve(people, later)
    assert set(make.people_of(asked.kenya).values()) == {"selected"}
    third = make.opened(people)
    with pytest.raises(Conflict, match="Everybody whom the State nominated"):
        make.give(people, third, asked.kenya, asked.pledge)
    with transaction():
        update_where(Delegate, Delegate.request_id == asked.nepal.id, status="declined")
        update_where(
            Seat, Seat.request_id == asked.nepal.id, status="declined", given_back=True, ended_at=sa.func.now()
        )
    assert make.next_of(third) is None
