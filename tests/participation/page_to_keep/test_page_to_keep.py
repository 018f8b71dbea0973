"""One page to keep: one small side of A4 in the delegate's language, with what a traveller needs, nothing sealed."""

import re

import pytest
import sqlalchemy as sa

from tests.factories import papers as handed
from tests.factories import travel
from tests.participation.delegate_page.opening import opened, token_of
from tests.participation.travel.test_papers import words_in
from tracker.calendar.now import today
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.languages.choosing import in_language
from tracker.languages.formatting import format_amount, format_day
from tracker.participation.delegate_page import cards, presenting, queries
from tracker.participation.delegate_page.behind import Here
from tracker.participation.delegate_page.models import DelegateLink
from tracker.participation.models import Delegate
from tracker.participation.page_to_keep.paper import paper_of
from tracker.participation.papers import contents
from tracker.participation.support.models import SessionSupport
from tracker.participation.travel.models import SeatTravel


@pytest.fixture
def scene(app):
    """Kenya's delegate has a ticket, papers and cash on arrival; every field that can be long is."""
    made = travel.confirmed("KEN", costs=(20_00, 5_00, 4_00, 3_00))
    handed.all_handed_in(made.seats["KEN"], made.travel)
    travel.ticketed(made)
    with transaction():
        update_where(SessionSupport, sa.true(), phone_day="+43 1 0000 0101", phone_night="+43 1 0000 0202")
        update_where(SeatTravel, sa.true(), on_arrival=True, advance="CASH-7")
        days = {"arrives_on": today(), "leaves_on": today() + 7 * travel.DAY}
        update_where(Delegate, sa.true(), payer_visa="state", **days)
    return made


@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_is_one_small_side_in_the_language_of_the_page(app, scene, language):
    token = token_of(scene)
    client = opened(app, token)
    page = client.get(f"/journey/{token}?lang={language}").text
    address = re.search(r'href="(/journey/[^"]+/keep.pdf\?lang=\w+)"', page)[1]
    answer = client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert len(answer.data) < 200_000
    assert len(re.findall(rb"/Type\s*/Page\b", answer.data)) == 1
    assert f"/Lang({language}".encode() in answer.data
    assert b"/MediaBox[0 0 595" in answer.data.replace(b" [", b"[")


def test_in_front_of_the_door_it_is_not_given(app, scene):
    token = token_of(scene)
    answer = app.test_client().get(f"/journey/{token}/keep.pdf")
    assert (answer.status_code, answer.location) == (302, f"/journey/{token}")
    assert app.test_client().get("/journey/unknown/keep.pdf").status_code == 404


def test_it_says_what_a_traveller_needs_and_nothing_sealed(app, scene):
    link = db.session.scalars(sa.select(DelegateLink).where(DelegateLink.ended_at.is_(None))).one()
    with app.test_request_context("/"), in_language("en"):
        found, session = queries.journey_of(link)
        here = Here("token", link.id, link.delegate_id, scene.seats["KEN"], contents.delegate(link.delegate_id))
        page = presenting.page_of(link, found, session, cards.drawn(here, found)[1])
        said = words_in(paper_of(page, found, heading=presenting.journey_name(session), notice=""))
        amount, day = format_amount(20_00, "USD"), format_day(found.record.ticket_out_on)
    needed = ("Awa KEN", amount, day, "220-KEN", "NBO–VIE–NBO", "+43 1 0000 0101", "+43 1 0000 0202")
    for words in (
        *needed,
        "Your passport",
        "Your visa",
        "in cash on arrival",
        "the office looks at it",
        "Keep your boarding passes",
    ):
        assert words in said
    for sealed in (*handed.CANARIES, "Moussa", scene.travel.name):
        assert sealed not in said
