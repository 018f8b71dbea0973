"""A pledge that asks for women among its seats: offered, given by hand, proposed, approved, promoted, substituted."""

import pytest

from tests.factories import pledges as money
from tests.factories import rounds as make
from tests.rounds.proposing.at_work import computed
from tests.services.people import sign_in
from tracker.database.transactions import transaction, update_where
from tracker.errors import Invalid
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.seats.shares import below
from tracker.pledges.earmarks import Rule
from tracker.pledges.proposed_acts import services as acts
from tracker.pledges.services.seats import Moved
from tracker.reference import queries as reference
from tracker.rounds import services
from tracker.rounds.promotion import places
from tracker.rounds.proposals.services import take_over
from tracker.rounds.refused import Refused

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
    with pytest.raises(Moved, match="women have 0 of 2"):
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
