"""A pledge that asks for women among its seats: offered, given by hand, proposed, approved, promoted, substituted."""

import uuid

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import pledges as money
from tests.factories import rounds as make
from tests.pledges.forms import words_of
from tests.rounds.proposing.at_work import computed
from tests.services.people import sign_in
from tracker.database.transactions import transaction, update_where
from tracker.errors import Conflict, Invalid
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.shares import below
from tracker.pledges.earmarks import Rule
from tracker.pledges.models import Allocation
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.proposed_acts.top_up import More, propose_top_up
from tracker.pledges.services.seats import Moved
from tracker.reference import queries as reference
from tracker.rounds import services
from tracker.rounds.promotion import places
from tracker.rounds.proposals.services import take_over
from tracker.rounds.reading import out_of_turn
from tracker.rounds.refused import Refused
from tracker.rounds.sponsoring.queries import asked_by

HALF = Rule("women", ("woman",), 5_000)
SHARE = "asks for 50 per cent"


def gender(**said: str) -> None:
    """Say of people, by their given name, what they are."""
    with transaction():
        for name, is_ in said.items():
            update_where(Delegate, Delegate.given_name == name, gender=is_)


@pytest.fixture
def women(people):
    """Kenya nominates a man, then a woman; Nepal and Chad a man each; half of the seats of a pledge are women's."""
    make.session(seats=4)
    asked = {iso3: make.asks(iso3, *names) for iso3, names in NAMES.items()}
    gender(Awa="man", Bea="woman", Sita="man", Moussa="man")
    pledge = make.pledge_of(people, 4 * make.seat(), earmarks=(HALF,))
    return pledge, asked


NAMES = {"KEN": ("Awa Konan", "Bea Otieno"), "NPL": ("Sita Rai",), "TCD": ("Moussa Abakar",)}


def test_an_offer_says_it_and_is_for_seats(people):
    problem = "for something else"
    with pytest.raises(Invalid) as refused:
        money.offered(people, money.terms(earmarks=(HALF, Rule("kinds", ("technical",)))))
    assert problem in str(refused.value.fields["women"])
    assert money.offered(people, money.terms(earmarks=(HALF, Rule("kinds", ("technical",), 1_000))))


def test_the_form_asks_for_it_and_the_pledge_tells_it(client, people):
    sign_in(client, people.officer)
    said = {"step": "use", "title": "Women in Vienna", "amount": "100", "currency": "USD", "women": "0", "go": "next"}
    assert "Enter a whole number from 1 to 99." in client.post("/pledges/new", data=said).text
    assert 'name="women" value="40"' in client.post("/pledges/new", data={**said, "women": "40"}).text
    pledge = money.offered(people, money.terms(earmarks=(HALF,)))
    shown = client.get(f"/pledges/{pledge}").text
    assert "at least 50 % of those who say it" in shown
    assert "Softly earmarked" in shown


def test_by_hand_no_seat_is_given_that_breaks_the_share_and_no_one_is_passed_over(people, women, client):
    pledge, asked = women
    round_ = make.opened(people)
    make.give(people, round_, asked["KEN"], pledge, reason="First.")
    with pytest.raises(Refused, match=SHARE):
        make.give(people, round_, asked["NPL"], pledge, reason="Second.")
    sign_in(client, people.manager)
    form = client.get(f"/rounds/{round_}/give/{asked['NPL'].public_id}").text
    assert 'name="pledge"' not in form, "it is not offered either"
    assert SHARE in form
    assert make.next_of(round_) == asked["KEN"].id, (
        "whoever cannot be paid is passed over, and the next seat is a woman's"
    )
    make.give(people, round_, asked["KEN"], pledge)
    with pytest.raises(Refused, match="first seats before second ones"):
        make.give(people, round_, asked["NPL"], pledge, reason="Third.")
    assert "of those who said it: 1 of 2; it asks for 50 %" in client.get(f"/rounds/{round_}").text
    services.prepare(round_, actor=people.manager.actor, version=None)
    gender(Bea="man")
    with pytest.raises(Moved, match="women would have 0 of 2"):
        services.approve(round_, actor=people.finance.actor, version=None)
    gender(Bea="not_stated")
    assert len(services.approve(round_, actor=people.finance.actor, version=None)) == 2


def test_a_proposal_keeps_it_and_is_given_seat_by_seat(people, women):
    gender(Moussa="woman")
    round_ = make.opened(people)
    computed(people, round_)
    assert take_over(round_, 1, actor=people.manager.actor, version=None, reason="As proposed.") == 4
    services.prepare(round_, actor=people.manager.actor, version=None)
    services.approve(round_, actor=people.finance.actor, version=None)
    assert make.seated(round_) == {"Awa Konan", "Bea Otieno", "Sita Rai", "Moussa Abakar"}
    with db.session.begin():
        assert below() == []
    gender(Bea="man")
    assert "women have 1 of 4 of its seats" in " ".join(map(str, below()))
    db.session.rollback()


def test_below_its_share_a_pledge_gives_a_free_seat_to_a_woman_and_to_no_man(people, women, travel, client):
    """A State may name somebody else whatever a pledge asks for."""
    pledge, asked = women
    round_ = make.prepared(people, (asked["KEN"], pledge), (asked["KEN"], pledge))
    services.approve(round_, actor=people.finance.actor, version=None)
    gender(Bea="man")
    sign_in(client, people.manager)
    for address in (f"/rounds/sessions/{make.CODE}", f"/rounds/sessions/{make.CODE}/reserve", f"/pledges/{pledge}"):
        assert "women have 0 of 2 of its seats" in client.get(address).text, address
    donor = sign_in(client, people.officer).get(f"/pledges/{pledge}").text
    assert "of its seats" not in donor, "a donor reads women and men from three seats on"
    found = places.waiting(reference.get_session(make.CODE).id)
    assert found.ways(asked["NPL"].id) == []
    db.session.rollback()
    gender(Sita="woman")
    act = make.proposed(travel, "Sita Rai", pledge)
    gender(Sita="man")
    with pytest.raises(Moved, match=SHARE):
        acts.confirm(act, actor=people.finance.actor, version=None)
    gender(Sita="woman")
    acts.confirm(act, actor=people.finance.actor, version=None)
    assert make.people_of(asked["NPL"]) == {"Sita Rai": "selected"}


def test_a_proposal_that_follows_the_rules_departs_from_nothing(people, women):
    """Whoever stands second in the order is the woman: she is given her seat second."""
    round_ = make.opened(people)
    names = {"NPL": "Sita", "TCD": "Moussa", "KEN": "Awa"}
    first, second, third = (names[placed.candidate.iso3] for placed in make.table(round_).sitting.order)
    gender(**{first: "man", second: "woman", third: "man", "Bea": "man"})
    computed(people, round_)
    take_over(round_, 1, actor=people.manager.actor, version=None, reason="As proposed.")
    table = make.table(round_)
    assert [table.people[row.delegate_id].given_name for row in table.seats][:3] == [first, second, third]
    assert out_of_turn(table) == []
    assert {row.reason for row in table.seats} == {None}


def test_no_part_of_a_mans_seat_is_paid_against_the_share_by_a_second_pledge_or_a_top_up(people, women, travel):
    """The pledge that asks has a man in its only seat: it pays no allowance of another one."""
    pledge, asked = women
    other = make.pledge_of(people, make.costs()["fare"])
    round_ = make.opened(people)
    make.give(people, round_, asked["KEN"], pledge, reason="First.")
    for request in (asked["NPL"], asked["TCD"]):
        with pytest.raises(Refused, match=SHARE):
            make.give(people, round_, request, other, pledge, reason="Second.")
    gender(Sita="woman")
    make.give(people, round_, asked["NPL"], other, pledge, reason="Third.")
    make.give(people, round_, asked["TCD"], make.pledge_of(people, make.seat()), reason="Fourth.")
    services.prepare(round_, actor=people.manager.actor, version=None, reason="Money came.")
    gender(Sita="man")
    with pytest.raises(Moved, match="women would have 0 of 2 of its seats"):
        services.approve(round_, actor=people.finance.actor, version=None)
    gender(Sita="woman")
    services.approve(round_, actor=people.finance.actor, version=None)
    (moussas,), (awas,) = allocations_of(asked["TCD"]), allocations_of(asked["KEN"])
    more = More("allowance", pledge, 10_00, "It needs more.")

    def proposed(seat):
        return uuid.UUID(propose_top_up(seat, actor=people.manager.actor, more=more, key=""))

    with pytest.raises(Conflict, match="pays no part of a man"):
        proposed(moussas)
    gender(Moussa="woman")
    act = proposed(moussas)
    gender(Moussa="man")
    with pytest.raises(Conflict, match="pays no part of a man"):
        acts.confirm(act, actor=people.finance.actor, version=1)
    assert proposed(awas), "it pays that seat already"


def allocations_of(request):
    """The public ids of the money of a request's seats."""
    rows = sa.select(Allocation.public_id).where(Allocation.request_id == request.id).order_by(Allocation.id)
    found = list(db.session.scalars(rows))
    db.session.rollback()
    return found


def test_a_state_held_back_by_a_share_alone_reads_so_and_the_office_reads_whom(app, people, women, client, travel):
    pledge, asked = women
    round_ = make.opened(people)
    first, second, third = (placed.candidate.iso3 for placed in make.table(round_).sitting.order)
    make.give(people, round_, asked[first], pledge)
    sign_in(client, people.manager)
    held = words_of(client.get(f"/rounds/{round_}")).partition("Held back by a share of women alone")[2]
    shown = held.partition("Another pledge may pay")[0]
    assert [STATES[iso3] in shown for iso3 in (first, second, third)] == [False, True, True]
    services.prepare(round_, actor=people.manager.actor, version=None)
    assert "Held back" not in words_of(client.get(f"/rounds/{round_}"))
    services.approve(round_, actor=people.finance.actor, version=None)
    outcome = make.row(round_).outcome
    db.session.rollback()
    assert [outcome[str(asked[iso3].id)]["why_none"] for iso3 in (second, third)] == [["share", ""]] * 2
    drafter = sign_in(app.test_client(), accounts.person("authorising_officer", of=second))
    said = words_of(drafter.get(f"/requests/{asked[second].public_id}"))
    assert "no pledge could pay the next of your people by the conditions of its donor" in said
    assert "PL-2026" not in said
    waiting = places.places(places.waiting(reference.get_session(make.CODE).id))
    assert all(
        SHARE in str(one.against[0]) for one in waiting if one.request.iso3 in (second, third) and one.number < 3
    )
    db.session.rollback()


STATES = {"KEN": "Kenya", "NPL": "Nepal", "TCD": "Chad"}


def test_donors_are_told_no_seats_that_wait_for_a_share_alone(people, women):
    """The pledge pays one man; for two more there is money, and for one there is none."""
    make.asks("FJI", "Jone Vula")
    gender(Jone="man", Bea="man")
    session = reference.get_session(make.CODE)
    found = asked_by(session).lacking
    db.session.rollback()
    assert found == 0, "four seats, and the money for them is there"
    gender(Awa="not_stated", Sita="not_stated", Moussa="not_stated")
    assert asked_by(session).lacking == 0
    db.session.rollback()
