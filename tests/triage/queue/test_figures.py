"""Figures at a glance: who has to act next, counted as the pages of the requests say it."""

from tests.factories import assistance as make
from tests.pledges.forms import words_of
from tracker.assistance.implementation import services as implementation


def test_a_delivery_that_is_not_confirmed_waits_for_the_state(officer, people):
    make.in_review(people)
    case = make.delivered(people)
    make.in_implementation(people)
    shown = words_of(officer.get("/triage/figures"))
    assert "UNODC 2 A State 1" in shown
    first = make.activities(case)[0].public_id
    implementation.confirm_implementation(case.public_id, actor=case.drafter, activity_public_id=first, rating=5)
    assert "UNODC 3 A State 0" in words_of(officer.get("/triage/figures"))
