"""However many wrong passwords are tried: the right one and a code from a letter always let a person in, and a guesser
learns next to nothing."""

import re
import uuid
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
import sqlalchemy as sa

from tests.factories import accounts as make
from tracker.accounts import passwords, queries, services
from tracker.accounts.links import hash_of
from tracker.accounts.models import SignInAttempt, SignInCode
from tracker.calendar.now import now, shifted
from tracker.database.transactions import transaction
from tracker.errors import Invalid
from tracker.events import Event
from tracker.extensions import db
from tracker.notifications import mailer, spool
from tracker.notifications import services as notifications
from tracker.web.application import settings

WRONG = "wrong wrong wrong"
HOME = {"address": "203.0.113.9", "user_agent": ""}
CHANGING = [f"10.{number // 250}.0.{number % 250}" for number in range(500)]
GUESSES_A_DAY = 120


@pytest.fixture
def anna(app):
    return make.person("focal_point", password=make.PASSWORD)


def answer_to(email, password, address):
    """How a try is answered: "in", "wrong", or the browser's token for a code."""
    try:
        services.sign_in(email, password=password, address=address, user_agent="")
    except Invalid:
        return "wrong"
    except services.CodeNeeded as asked:
        return asked.token
    return "in"


def guess(email, times, *, addresses=("198.51.100.7",)):
    """Wrong tries, one after the other; how each was answered."""
    return [answer_to(email, WRONG, addresses[number % len(addresses)]) for number in range(times)]


def besiege(email):
    """So many wrong tries just now that a password alone is not enough for a quarter of an hour."""
    with transaction() as session:
        for address in CHANGING[:40]:
            session.add(SignInAttempt(kind="sign_in", email_hash=hash_of(email), address=address))


def newest_code():
    services.tell_codes()
    code = queries.code_of(db.session.scalars(sa.select(sa.func.max(SignInCode.id))).one())
    db.session.rollback()
    return code


def enter(token, code, address="192.0.2.77"):
    return services.sign_in_with_code(token, code=code, address=address, user_agent="")


class TestARightPersonGetsIn:
    def test_from_a_new_address_after_a_thousand_tries_from_changing_ones(self, anna):
        guess(anna.email, 1000, addresses=CHANGING)
        token = answer_to(anna.email, make.PASSWORD, "192.0.2.77")
        assert token not in ("in", "wrong")
        assert enter(token, newest_code())
        assert answer_to(anna.email, make.PASSWORD, "192.0.2.77") == "in"  # the address is known from now on

    def test_of_a_mission_of_sixty_behind_one_address_with_nine_wrong_tries(self, app):
        people = [make.person("focal_point", password=make.PASSWORD) for _ in range(60)]
        for someone in people:
            assert answer_to(someone.email, make.PASSWORD, HOME["address"]) == "in"
        guess(people[0].email, 9, addresses=[HOME["address"]])
        answers = [answer_to(someone.email, make.PASSWORD, HOME["address"]) for someone in people]
        assert answers[1:] == ["in"] * 59
        assert enter(answers[0], newest_code(), HOME["address"])

    def test_of_a_mission_that_is_new_there_after_many_wrong_tries_of_colleagues(self, app):
        people = [make.person("focal_point", password=make.PASSWORD) for _ in range(3)]
        for number in range(40):
            guess(f"p{number}@mission.example", 1, addresses=[HOME["address"]])
        for someone in people:
            token = answer_to(someone.email, make.PASSWORD, HOME["address"])
            assert enter(token, newest_code(), HOME["address"])

    def test_of_a_mission_at_once_after_a_few_wrong_tries_of_colleagues(self, anna):
        for number in range(25):
            guess(f"p{number}@mission.example", 1, addresses=[HOME["address"]])
        assert answer_to(anna.email, make.PASSWORD, HOME["address"]) == "in"

    def test_at_once_where_the_address_is_known_whatever_colleagues_try(self, anna):
        assert answer_to(anna.email, make.PASSWORD, HOME["address"]) == "in"
        for number in range(40):
            guess(f"p{number}@mission.example", 1, addresses=[HOME["address"]])
        assert answer_to(anna.email, make.PASSWORD, HOME["address"]) == "in"

    def test_at_once_where_the_address_is_known(self, anna):
        assert answer_to(anna.email, make.PASSWORD, HOME["address"]) == "in"
        guess(anna.email, 100, addresses=CHANGING)
        assert answer_to(anna.email, make.PASSWORD, HOME["address"]) == "in"


class TestAGuesser:
    def test_is_answered_a_hundred_and_twenty_times_a_day_at_most(self, anna):
        begun, answers = now(), guess(anna.email, 20, addresses=CHANGING)
        for number, minute in enumerate(range(1, 24 * 60, 5)):
            with shifted(begun + timedelta(minutes=minute)):
                answers.append(answer_to(anna.email, WRONG, CHANGING[20 + number]))
        assert 20 < answers.count("wrong") <= GUESSES_A_DAY

    def test_sees_no_difference_between_right_wrong_and_unknown(self, app, anna):
        app.config["WTF_CSRF_ENABLED"] = False
        for email in (anna.email, "nobody@nowhere.example"):
            besiege(email)
        pages = []
        for email, password in (
            (anna.email, make.PASSWORD), (anna.email, WRONG), ("nobody@nowhere.example", make.PASSWORD)
        ):  # fmt: skip
            browser = app.test_client()
            page = browser.post("/sign-in", data={"email": email, "password": password})
            refused = [browser.post("/sign-in/code", data={"sent_code": "12345x"}) for _ in range(6)]
            pages.append([(answer.status_code, answer.text) for answer in (page, *refused)])
        assert pages[0] == pages[1] == pages[2]
        assert pages[0][0][0] == 200
        assert pages[0][1][0] == 422

    def test_cannot_measure_it_either(self, app, anna):
        besiege(anna.email)
        times = {make.PASSWORD: [], WRONG: []}
        for _ in range(40):
            for password, seconds in times.items():
                began = perf_counter()
                answer_to(anna.email, password, "192.0.2.77")
                seconds.append(perf_counter() - began)
        assert 0.7 < median(times[make.PASSWORD]) / median(times[WRONG]) < 1.4

    def test_gets_no_letter_sent(self, anna):
        guess(anna.email, 50)
        assert services.tell_codes() == 0
        assert db.session.scalars(sa.select(Event).where(Event.name == "accounts.code_asked")).all() == []

    def test_who_knows_the_password_has_few_codes_sent_and_few_tries_at_each(self, anna):
        besiege(anna.email)
        tokens = [answer_to(anna.email, make.PASSWORD, "198.51.100.7") for _ in range(12)]
        assert services.tell_codes() == 5
        right = queries.code_of(db.session.scalars(sa.select(SignInCode.id).where(SignInCode.told_at.is_not(None))
                                                   .order_by(SignInCode.id.desc())).first())  # fmt: skip
        db.session.rollback()
        for _ in range(5):
            with pytest.raises(Invalid):
                enter(tokens[4], f"{(int(right) + 1) % 10**6:06}")
        with pytest.raises(Invalid):
            enter(tokens[4], right)


class TestACode:
    @pytest.fixture
    def asked(self, anna):
        """The browser's token, after so many wrong tries that a code is asked for."""
        besiege(anna.email)
        return lambda: answer_to(anna.email, make.PASSWORD, "198.51.100.7")

    def test_works_once(self, asked):
        token, code = asked(), newest_code()
        assert enter(token, code)
        with pytest.raises(Invalid):
            enter(token, code)

    def test_works_for_fifteen_minutes(self, asked):
        token, code = asked(), newest_code()
        with shifted(now() + timedelta(minutes=16)), pytest.raises(Invalid):
            enter(token, code)

    def test_the_last_one_asked_for_counts(self, asked):
        first, earlier = asked(), newest_code()
        second, later = asked(), newest_code()
        with pytest.raises(Invalid):
            enter(first, earlier)
        assert enter(second, later)

    def test_wrong_tries_of_others_do_not_end_it(self, asked, anna):
        token, code = asked(), newest_code()
        guess(anna.email, 30)
        assert enter(token, code)

    def test_is_of_the_browser_that_asked(self, asked):
        asked()
        with pytest.raises(Invalid):
            enter("another browser's", newest_code())

    def test_ends_with_the_password(self, asked, anna):
        token, code = asked(), newest_code()
        services.ask_reset(anna.email, address="")
        link = queries.link_for_reset(1)
        services.reset_password(link.rpartition("/")[2].partition("?")[0], password_hash=passwords.hashed("new"))
        with pytest.raises(Invalid):
            enter(token, code)

    def test_of_a_disabled_person_opens_nothing(self, asked, anna):
        token, code = asked(), newest_code()
        chief = make.person("administrator")
        services.disable_person(uuid.UUID(anna.public_id), actor=chief.actor, version=1)
        with pytest.raises(Invalid):
            enter(token, code)

    def test_is_forgotten_the_next_day(self, asked):
        asked()
        with shifted(now() + timedelta(days=2)):
            assert services.forget_old_codes() > 0


class TestTheLetter:
    def test_carries_the_code_that_the_page_takes(self, app, anna):
        app.config["WTF_CSRF_ENABLED"] = False
        besiege(anna.email)
        browser = app.test_client()
        typed = {"email": anna.email, "password": make.PASSWORD, "next": "/account"}
        page = browser.post("/sign-in", data=typed)
        assert "Type the code" in page.text
        assert 'name="next" value="/account"' in page.text
        notifications.dispatch()
        while notifications.deliver():
            pass
        folder = mailer.outbox(settings())
        newest = spool.letters(folder, anna.email)[0]
        letter = spool.letter(folder, newest.name)
        code = re.search(r"^(\d{6})\r?$", letter.text, re.MULTILINE)[1]
        assert code in letter.body
        assert code not in letter.subject
        assert "15 minutes" in letter.text
        spaced = f"{code[:3]} {code[3:]}"
        in_arabic = spaced.translate({ord("0") + digit: ord("٠") + digit for digit in range(10)})
        entered = browser.post("/sign-in/code", data={"sent_code": in_arabic, "next": "/account"})
        assert entered.location == "/account"
        assert browser.get("/account").status_code == 200
