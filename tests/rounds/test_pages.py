"""The pages of a round, as the manager, the finance officer, the auditor and the State read them."""

import re
import uuid
from dataclasses import replace

import pytest
import sqlalchemy as sa

from tests.factories import accounts
from tests.factories import rounds as make
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.participation.models import Delegate
from tracker.participation.support.models import SessionSupport
from tracker.pledges.earmarks import Rule
from tracker.rounds import queries, services, waiting_work
from tracker.web.whole_forms import MARK


def post(client, url, **answers):
    """Open a page, then send its form with these answers."""
    page = client.get(url).text
    hidden = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("key", "version", "form", "csrf_token")
    }
    return client.post(url, data={name: m.group(1) for name, m in hidden.items() if m} | answers)


@pytest.fixture
def manager(app, people):
    return sign_in(app.test_client(), people.manager)


@pytest.fixture
def finance(app, people):
    return sign_in(app.test_client(), people.finance)


def test_from_the_board_to_the_approved_round(app, people, asked, manager, finance):
    other = make.pledge_of(people, make.seat(), earmarks=(Rule("states", ("FJI",)),))
    chad = make.asks("TCD", "Moussa Abakar")
    make.incomplete(chad)
    assert "/rounds/sessions/AHC-P1" in manager.get("/sessions/AHC-P1/board").text
    assert "No round was opened" in words_of(manager.get("/rounds/sessions/AHC-P1"))
    opened = post(manager, "/rounds/sessions/AHC-P1/open")
    url = opened.location
    page = words_of(manager.get(url))
    for words in ("nominated in time", "A/AC.291/7, annex II", "incomplete", "Seed of the lot", "reserve 1"):
        assert words in page, words
    for request in (asked.kenya, asked.nepal):
        give = f"{url}/give/{request.public_id}"
        form = words_of(manager.get(give))
        assert "It is for other States." in form
        assert post(manager, give).status_code == 422
        pledge = make.seating.row_of(asked.pledge)
        assert post(manager, give, pledge=str(pledge), reason="They draft.").status_code == 302, form
    refused = post(manager, f"{url}/give/{chad.public_id}", reason="They wait.")
    assert "The estimate is incomplete" in words_of(refused)
    assert "Rates and rules of costs" in words_of(manager.get(f"{url}/give/{chad.public_id}"))
    assert post(manager, f"{url}/prepare").status_code == 302
    assert manager.get(f"{url}/approve").status_code == 403
    assert "They draft." in words_of(finance.get(url)) or "published order" in words_of(finance.get(url))
    assert "Rounds of seats to approve" in words_of(finance.get("/finance"))
    make.incomplete(asked.nepal)
    failed = post(finance, f"{url}/approve")
    assert failed.status_code == 422
    assert "Sita Rai: the estimate is incomplete now." in words_of(failed)
    assert "has changed since the round was prepared" in words_of(finance.get(url))
    make.complete(asked.nepal)
    assert post(finance, f"{url}/approve").status_code == 302
    assert "approved by" in words_of(finance.get(url))
    assert "approved" in words_of(sign_in(app.test_client(), accounts.person("auditor")).get(url)).lower()
    assert other


def test_the_state_reads_its_own_facts_and_nobody_elses(app, people, asked):
    drafter = sign_in(app.test_client(), accounts.person("authorising_officer", of="KEN"))
    before = words_of(drafter.get(f"/requests/{asked.kenya.public_id}"))
    assert "Eligible, awaiting the round" in before
    round_ = make.prepared(people, (asked.kenya, asked.pledge), (asked.nepal, asked.pledge))
    services.approve(round_, actor=people.finance.actor, version=None)
    after = words_of(drafter.get(f"/requests/{asked.kenya.public_id}"))
    assert "awaiting the round" not in after
    for words in ("What the round decided", "Awa Konan A seat", "On the reserve list, place 1", "nominated in time"):
        assert words in after, words
    assert "Seats were given to your State" in after
    assert "Places are those of the day on which round 1 was approved." in after
    for secret in ("Nepal", "Sita Rai", "PL-", "NORAD", "As asked."):
        assert secret not in after, secret
    assert "Seats given" in words_of(drafter.get("/sessions/AHC-P1"))


def take(client, url, round_):
    return client.post(url, data={"key": str(uuid.uuid4()), MARK: "1", "version": make.row(round_).version})


def test_the_named_seat_is_taken_off_also_of_somebody_who_is_not_nominated_any_more(app, people, asked, manager):
    round_ = make.opened(people)
    for request in (asked.kenya, asked.nepal, asked.kenya):
        make.give(people, round_, request, asked.pledge, reason="As asked.")
    take_off = f"/rounds/{round_}/take-off"
    first = f"{take_off}/{make.delegate('Awa Konan')}"
    page = manager.get(f"/rounds/{round_}").text
    assert f"{take_off}/{make.delegate('Ben Otieno')}" in page
    assert first not in page
    refused = take(manager, first, round_)
    assert refused.status_code == 409
    assert "take that of Ben Otieno off first" in words_of(refused)
    with transaction():
        update_where(Delegate, Delegate.name == "Awa Konan", removed_at=sa.func.now())
    page = manager.get(f"/rounds/{round_}")
    assert "Awa Konan, Kenya" in words_of(page)
    assert first in page.text
    done = take(manager, first, round_)
    assert done.status_code == 302
    assert make.seated(round_) == {"Ben Otieno", "Sita Rai"}


def counted(someone) -> tuple[int, int]:
    """The figure of the menu, and what the page of rounds counts session by session."""
    actor = someone.actor
    (figure,) = waiting_work.count_waiting(actor).values()
    number = db.session.scalar(sa.select(figure), {"person_id": actor.person_id})
    rows = queries.sessions_with_rounds(SessionSupport.session_id, actor)
    db.session.rollback()
    return number, sum(bool(row.to_approve if actor.has("finance_officer") else row.has_free) for row in rows)


def test_the_page_of_rounds_shows_in_which_session_each_counted_thing_is(app, people, given, manager, finance):
    assert (counted(people.manager), counted(people.finance)) == ((1, 1), (0, 0))
    shown = words_of(manager.get("/rounds/"))
    assert "2 seats are free . 1 person waits for a seat." in shown.replace("free.", "free .")
    round_ = make.prepared(people, (make.asks("TCD", "Moussa Abakar"), given.pledge))
    assert counted(people.finance) == (1, 1)
    assert f"/rounds/{round_}/approve" in finance.get("/rounds/").text
    assert f"/rounds/{round_}/approve" not in manager.get("/rounds/").text
    giver = replace(people.manager.actor, roles=frozenset({"finance_officer"}))
    (row,) = queries.sessions_with_rounds(SessionSupport.session_id, giver)
    assert not row.to_approve, "who gave a seat approves nothing"
    db.session.rollback()
