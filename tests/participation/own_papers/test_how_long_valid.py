"""How long after the journey a passport must be valid is the session's own setting."""

from dataclasses import replace

import sqlalchemy as sa

from tests.factories import travel
from tests.participation.delegate_page.opening import opened, token_of
from tests.participation.offers.test_pages import press
from tests.participation.own_papers.test_own_papers import PASSPORT
from tests.participation.travel.test_pages import days
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.database.transactions import transaction, update_where
from tracker.extensions import db
from tracker.languages.formatting import format_day
from tracker.participation.models import Delegate
from tracker.participation.papers import queries
from tracker.participation.papers.lifecycle import months_after
from tracker.participation.support import services as support
from tracker.participation.support.queries import support_of


def test_a_session_asks_for_its_own_number_of_months(app):
    scene = travel.confirmed("KEN", costs=(20_00, 5_00))
    with transaction():
        update_where(Delegate, sa.true(), nationality_iso3="KEN")
    seat, token = scene.seats["KEN"], token_of(scene)
    browser, address = opened(app, token), f"/journey/{token}"
    officer = sign_in(app.test_client(), scene.travel)

    def read():
        found = queries.get(seat, scene.officer)
        db.session.rollback()
        return found

    leaves = read().journey.person.leaves_on
    typed = PASSPORT | days(passport_valid_until=months_after(leaves, 4))
    for asked, doubts in ((3, []), (6, ["validity"])):
        terms = support_of(read().session.id).terms
        db.session.rollback()
        if asked != terms.passport_months:
            changed = replace(terms, passport_months=asked)
            support.change_support(scene.code, actor=scene.manager, version=None, terms=changed, sure=True)
        until = format_day(months_after(leaves, asked))
        for page in (browser.get(f"{address}/passport?lang=en"), officer.get(f"/seats/{seat}/papers/passport")):
            assert f"must be valid until {until} at least" in words_of(page)
        press(browser, f"{address}/passport", **typed)
        assert read().papers.to_decide == doubts
    assert "valid as long after the journey as the session asks" in words_of(browser.get(f"{address}?lang=en"))
    months = words_of(app.test_client().get(f"/sessions/{scene.code}?lang=en"))
    assert "valid 6 months after the journey" in months
