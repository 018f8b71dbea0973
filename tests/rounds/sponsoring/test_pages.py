"""The page on which a donor sees what seats cost, and the pledge that it fills in."""

import re

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import MultiDict

from tests.factories import accounts
from tests.factories import rounds as make
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.models import AssistanceRequest
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.pledges.earmarks import Rule
from tracker.pledges.models import Pledge
from tracker.reference import queries as reference
from tracker.reference.models import ExchangeRate, Session
from tracker.rounds import services
from tracker.rounds.models import Round
from tracker.rounds.reading import table_after
from tracker.rounds.sponsoring import queries

PAGE = "/rounds/sessions/AHC-P1/sponsor"


@pytest.fixture
def officer(app, people):
    return sign_in(app.test_client(), people.officer)


@pytest.fixture
def signatory(app, people):
    return sign_in(app.test_client(), people.signatory)


@pytest.fixture
def four_ask(people):
    """Four States nominate one person each for a session of ten seats; no pledge has money."""
    make.session(seats=10)
    return [make.asks(iso3) for iso3 in ("KEN", "NPL", "TCD", "FJI")]


def asked():
    found = queries.asked_by(reference.get_session("AHC-P1"))
    db.session.rollback()
    return found


def strictly_confidential(request):
    with transaction():
        update_where(AssistanceRequest, AssistanceRequest.id == request.id, marking="strictly_confidential")


def test_an_amount_is_counted_in_seats_and_becomes_a_pledge(people, four_ask, officer):
    price = -(-make.seat() // 100_00) * 100_00
    usual = words_of(officer.get(PAGE))
    assert "4 people wait for a seat. About 4 seats lack money." in usual
    page = officer.get(f"{PAGE}?amount=10+000&currency=EUR")
    seats = 11172_00 * 100 // 113 // price
    assert 1 < seats < 4
    words = words_of(page)
    assert f"Your EUR 10,000 covers {seats} seats today, of 4 that lack money." in words
    assert "At the rate of 30 October 2026, 0.895095 EUR for one dollar USD 11,172" in words
    assert "Support cost, 13 % of what is paid: 13 of every 113 −USD 1,285.27" in words
    href = re.search(r'href="(/pledges/new\?[^"]*)"', page.text).group(1).replace("&amp;", "&")
    form = officer.get(href).text
    for name, value in (("title", f"{seats} seats, "), ("amount", "10 000")):
        assert re.search(rf'name="{name}"[^>]*value="{value}', form), name
    assert re.search(r'<option[^>]*selected[^>]*value="EUR"|<option[^>]*value="EUR"[^>]*selected', form)
    assert 'name="sessions" value="AHC-P1"' in form
    assert 'name="kinds" value="participation"' in form


def test_the_pledge_keeps_its_earmark_through_the_steps(four_ask, officer):
    form = officer.get("/pledges/new?title=Two+seats&amount=5+000&currency=EUR&session=AHC-P1").text
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    typed = MultiDict([*inputs, ("title", "Two seats"), ("amount", "5 000"), ("currency", "EUR"), ("go", "next")])
    use = officer.post("/pledges/new", data=typed).text
    assert re.search(r'name="sessions" value="AHC-P1" checked', use)
    assert re.search(r'name="kinds" value="participation" checked', use)


@pytest.mark.parametrize("said", ["session=AHC-XX", "session=", "currency=XXX", "title=" + "a" * 300])
def test_a_pledge_is_filled_in_with_what_can_be_only(four_ask, officer, said):
    form = officer.get(f"/pledges/new?{said}")
    assert form.status_code == 200
    assert 'name="sessions"' not in form.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("amount=-5&currency=USD", "cannot be negative"),
        ("amount=much&currency=USD", "Enter the amount in figures"),
        ("amount=0&currency=USD", "Enter an amount above zero."),
        ("amount=1.5&currency=JPY", "JPY has no decimals"),
        ("amount=10&currency=XXX", "Choose a currency for which the office keeps a rate"),
        ("amount=" + "9" * 30, "too large"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_in_a_sentence_and_stays(people, four_ask, officer, typed, sentence):
    from tests.factories.pledges import rate

    rate("JPY", 151)
    page = officer.get(f"{PAGE}?{typed}")
    assert page.status_code == 422
    assert sentence in words_of(page)
    assert typed.split("&")[0].partition("=")[2] in page.text


def test_each_row_says_the_amount_that_covers_so_many_seats(four_ask, officer):
    page = officer.get(f"{PAGE}?amount=100&currency=EUR").text
    assert "is less than a seat costs" in page
    for number, href in zip((1, 3, 5), re.findall(r'href="(/rounds/[^"]*amount=[^"]*=EUR)"', page), strict=False):
        words = words_of(officer.get(href.replace("&amp;", "&")))
        assert re.search(rf"covers (all )?{min(number, 4)} seat", words), words


def test_what_has_money_already_lacks_none_and_nothing_says_whose(people, four_ask, officer):
    make.pledge_of(people, 3 * make.seat())
    assert asked().lacking == 1
    make.pledge_of(people, make.seat(), earmarks=(Rule("states", ("COD",)),))
    assert asked().lacking == 1, "it suits nobody who waits"
    words = words_of(officer.get(PAGE))
    assert "PL-" not in words
    assert "Kenya" not in words
    assert "Awa" not in words


def test_a_seat_that_was_given_waits_for_nothing(people, four_ask, officer):
    pledge = make.pledge_of(people, make.seat())
    services.approve(make.prepared(people, (four_ask[0], pledge)), actor=people.finance.actor, version=None)
    found = asked()
    assert (found.waiting, found.lacking) == (3, 3)


def test_seats_of_the_session_end_what_lacks_money(people):
    make.session(seats=2)
    for iso3 in ("KEN", "NPL", "TCD"):
        make.asks(iso3)
    assert (asked().waiting, asked().lacking) == (3, 2)


def test_a_strictly_confidential_request_is_in_no_figure(four_ask):
    strictly_confidential(four_ask[0])
    assert (asked().waiting, asked().prices.seats) == (3, 3)
    strictly_confidential(four_ask[1])
    assert (asked().waiting, asked().incomplete, asked().lacking) == (None, None, None)
    assert asked().typical


def test_below_three_states_prices_are_of_journeys_that_stand_for_any(people, officer):
    make.session(seats=10)
    make.asks("KEN", "Awa Konan", "Ben Otieno")
    make.asks("NPL")
    found = asked()
    assert found.typical
    assert found.prices.seats > 50
    assert found.prices.cheap < found.prices.average < found.prices.dear
    words = words_of(officer.get(f"{PAGE}?amount=50000&currency=USD"))
    assert "Fewer than three States wait with an estimate that is complete." in words
    assert "How many wait is not shown" in words
    assert re.search(r"Your USD 50,000 covers \d+ seats today\.", words)


def test_estimates_that_are_incomplete_are_counted_apart_from_three_states_on(four_ask, officer):
    make.incomplete(four_ask[0])
    assert (asked().waiting, asked().incomplete, asked().prices.seats) == (4, None, 3)
    words = words_of(officer.get(PAGE))
    assert "incomplete" not in words
    assert "estimates of 3 people" not in words, "which subtracted from four tells of one"
    for iso3 in ("BTN", "TLS"):
        make.incomplete(make.asks(iso3))
    assert (asked().waiting, asked().incomplete, asked().prices.seats) == (6, 3, 3)
    words = words_of(officer.get(PAGE))
    assert "3 more estimates are incomplete" in words
    assert "estimates of 3 people" in words


def test_a_strictly_confidential_request_takes_no_money_of_those_who_wait(people, four_ask):
    make.pledge_of(people, make.seat())
    assert asked().lacking == 3
    table = table_after(Round(session_id=reference.get_session("AHC-P1").id, seed=""))
    first = table.sitting.order[0].candidate.request_id
    db.session.rollback()
    strictly_confidential(next(one for one in four_ask if one.id == first))
    assert (asked().waiting, asked().lacking) == (3, 2)


def test_a_currency_without_a_rate_today_is_not_proposed(people, four_ask, officer):
    from tests.factories.pledges import rate

    rate("JPY", 151)
    latest = make.pledge_of(people, 1_00)
    with transaction():
        update_where(Pledge, Pledge.public_id == latest, currency="JPY")
        db.session.execute(sa.delete(ExchangeRate).where(ExchangeRate.currency == "JPY"))
    assert officer.get(PAGE).status_code == 200


def test_without_rates_nothing_is_said_and_a_pledge_is_possible(people, officer):
    make.session(seats=10)
    with transaction():
        update_where(Session, Session.code == "AHC-P1", airport_iata=None)
    page = officer.get(f"{PAGE}?amount=50000&currency=USD")
    assert "No price can be said yet" in words_of(page)
    assert "/pledges/new?" in page.text


def test_it_is_found_from_the_desk_and_the_session_and_closed_once_it_is_over(app, four_ask, officer, signatory):
    for address in ("/donor", "/sessions/AHC-P1"):
        assert PAGE in officer.get(address).text, address
        assert PAGE in signatory.get(address).text, address
    assert "/pledges/new?" not in signatory.get(PAGE).text
    assert "A donor officer of your organisation offers a pledge" in words_of(signatory.get(PAGE))
    state = sign_in(app.test_client(), accounts.person("focal_point", of="KEN"))
    for reader in (state, app.test_client()):
        assert PAGE not in reader.get("/sessions/AHC-P1").text
    with transaction():
        update_where(Session, Session.code == "AHC-P1", status="held")
    assert officer.get(PAGE).status_code == 404
    for address in ("/donor", "/sessions/AHC-P1"):
        assert PAGE not in officer.get(address).text, address
    assert officer.get("/rounds/sessions/AHC-1/sponsor").status_code == 404


def test_who_waits_is_shown_by_regional_group_and_adds_up(people, officer):
    """Seven States in two groups; once one of a third group asks, it is not told, nor a larger one beside it."""
    make.session(seats=10)
    for iso3, *names in (
        ("KEN", "Awa Konan", "Ben Otieno"),
        ("TCD",),
        ("MWI",),
        ("NPL",),
        ("BTN",),
        ("TLS",),
        ("FJI",),
    ):
        make.asks(iso3, *names)
    assert asked().groups == {"AFR": 4, "APG": 4, "EEG": 0, "GRULAC": 0, "WEOG": 0, "": 0}
    words = words_of(officer.get(PAGE))
    assert "Who waits, by regional group" in words
    assert "African States 4" in words
    assert "No regional group 0" in words
    assert "All 8" in words
    make.asks("HTI")
    assert {group for group, number in asked().groups.items() if number is None} == {"AFR", "EEG", "GRULAC", "WEOG", ""}
    words = words_of(officer.get(PAGE))
    assert "African States not told apart" in words
    assert "Those that are not told apart, together 5" in words


def test_the_pledge_is_filled_in_with_its_day_its_end_and_a_share_of_women(four_ask, officer):
    page = officer.get(f"{PAGE}?amount=10+000&currency=EUR&women=40")
    assert "at least 40 % of those who say it" in words_of(page)
    href = re.search(r'href="(/pledges/new\?[^"]*)"', page.text).group(1).replace("&amp;", "&")
    form = officer.get(href).text
    session, due = reference.get_session("AHC-P1"), re.search(r"due=([0-9-]+)", href).group(1)
    for name, value in (("women", 40), ("until-day", 31), ("until-month", 12), ("until-year", session.ends_on.year)):
        assert f'name="{name}" value="{value}"' in form, name
    year, month, day = (int(part) for part in due.split("-"))
    for part, value in (("day", day), ("month", month), ("year", year)):
        assert f'name="instalments-0-due_on-{part}" value="{value}"' in form
    typed = MultiDict(
        [*re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form), ("title", "Two seats")]
    )
    typed.update({"amount": "5 000", "currency": "EUR", "go": "next"})
    use = officer.post("/pledges/new", data=typed).text
    assert re.search(r'name="women"[^>]*value="40"', use)
    refused = officer.get(f"{PAGE}?women=120")
    assert refused.status_code == 422
    assert "Enter a whole number from 1 to 99." in words_of(refused)
    assert "women=" not in re.search(r'href="(/pledges/new\?[^"]*)"', refused.text).group(1)


@pytest.mark.parametrize("said", ["due=soon", "until=2027-02-31", "women=0", "women=1e2", "women=²", "women=100"])
def test_what_an_address_says_wrongly_is_not_filled_in(four_ask, officer, said):
    form = officer.get(f"/pledges/new?{said}")
    assert form.status_code == 200
    assert not re.search(r'name="(women|until-year|instalments-0-due_on-year)" value="[^"]+"', form.text)
