"""An acceptance says how human rights were considered and why its amount is unusual; the signer reads what it is
measured by, the State reads all of it."""

import re

import pytest

from tests.factories import assistance as make
from tests.factories import pledges as money
from tests.pledges.forms import words_of
from tests.services.people import sign_in
from tracker.assistance.decision.amounts import must_say_why
from tracker.errors import Invalid

SAID = {"amount": "96,500", "reasons": "It fits.", "human_rights": "The law on data retention; a judge must agree."}
MORE = "This is more than the USD 96,500 that were asked: say why."


def field_of(answer, name):
    """What a text field of a page holds."""
    return re.search(rf'<textarea[^>]* name="{name}"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)[1]


def page(case, name):
    return f"/triage/requests/{case.public_id}/{name}"


def test_an_acceptance_says_how_human_rights_were_considered(officer, people):
    case = make.in_review(people)
    refused = officer.post(page(case, "decision/accepted"), **{**SAID, "human_rights": " "})
    assert refused.status_code == 422
    assert officer.post(page(case, "decision/accepted"), **SAID).status_code == 302


def test_a_declination_is_not_asked(officer, people):
    case = make.in_review(people)
    assert officer.post(page(case, "decision/declined"), reasons="Outside the mandate.").status_code == 302


@pytest.mark.parametrize(
    ("amount", "why"), [("96,500.01", MORE), ("0", "Nothing of what was asked is accepted: say why.")]
)
def test_more_than_was_asked_or_nothing_needs_a_reason(officer, people, amount, why):
    case = make.in_review(people)
    refused = officer.post(page(case, "decision/accepted"), **{**SAID, "amount": amount})
    assert refused.status_code == 422
    assert why in words_of(refused)
    reason = "The ministry pays the rest."
    done = officer.post(page(case, "decision/accepted"), **{**SAID, "amount": amount, "amount_reason": reason})
    assert done.status_code == 302


@pytest.mark.parametrize(
    ("asked", "accepted", "argued"),
    [
        (100, 101, True),
        (100, 100, False),
        (100, 0, True),
        (0, 1, True),
        (0, 0, False),
        (None, 1, False),
        (None, 0, False),
    ],
)
def test_what_is_asked_of_an_amount(app, asked, accepted, argued):
    must_say_why(asked, accepted, "Prices rose.")
    if not argued:
        must_say_why(asked, accepted, "")
        return
    with pytest.raises(Invalid):
        must_say_why(asked, accepted, " ")


def test_the_signer_reads_what_it_is_measured_by(officer, manager, people):
    other = make.accepted(people, amount_minor=5_000_000)
    case = make.in_review(people)
    pledges = money.people()
    money.funded(pledges, money.terms(1_130_00))
    money.funded(pledges, money.terms(1_130_00, earmarks=[money.Rule("kinds", ("participation",))]))
    officer.post(page(case, "decision/accepted"), **{**SAID, "amount": "97,000", "amount_reason": "Prices rose."})
    words = words_of(manager.get(page(case, "sign")))
    for said in (
        "Asked USD 96,500",
        "Accepted USD 97,000",
        "USD 1,000 in 1 pledge",
        "Prices rose.",
        SAID["human_rights"],
    ):
        assert said in words
    assert str(other.public_id) in manager.get(page(case, "sign")).text


@pytest.mark.parametrize(
    ("amount", "why"), [("96,500.01", MORE), ("0", "Nothing of what was asked is accepted: say why.")]
)
def test_an_amendment_says_what_a_decision_says(officer, manager, people, amount, why):
    case = make.accepted(people)
    assert make.CONSIDERED["human_rights"] in field_of(officer.get(page(case, "amendment")), "human_rights")
    says = {**SAID, "amount": amount, "reasons": "It differs."}
    refused = officer.post(page(case, "amendment"), **says)
    assert refused.status_code == 422
    assert why in words_of(refused)
    unsaid = {**says, "amount_reason": "So agreed.", "human_rights": " "}
    assert officer.post(page(case, "amendment"), **unsaid).status_code == 422
    assert officer.post(page(case, "amendment"), **says, amount_reason="So agreed.").status_code == 302
    case_page = f"/triage/requests/{case.public_id}"
    for words in (words_of(manager.get(case_page)), words_of(manager.get(page(case, "amendment/sign")))):
        assert "So agreed." in words
        assert "How human rights were considered In force now" in words


def test_whoever_signs_an_amendment_reads_the_same_measures(officer, manager, people):
    other = make.accepted(people, amount_minor=5_000_000)
    case = make.accepted(people)
    money.funded(money.people(), money.terms(1_130_00))
    officer.post(page(case, "amendment"), **{**SAID, "amount": "97,000", "amount_reason": "Prices rose."})
    shown = manager.get(page(case, "amendment/sign"))
    for said in ("Asked USD 96,500", "Accepted USD 97,000", "USD 1,000 in 1 pledge"):
        assert said in words_of(shown)
    assert str(other.public_id) in shown.text


def test_an_amendment_that_changes_only_how_human_rights_were_considered_is_one(officer, app, people):
    case = make.accepted(people)
    said = {"amount": "96,500", "reasons": "A judge was asked.", "human_rights": "A judge must agree."}
    assert officer.post(page(case, "amendment"), **said).status_code == 302


def test_the_state_reads_it_in_the_terms_and_among_what_was_decided(app, people):
    case = make.accepted(people, amount_minor=9_700_000)
    words = words_of(sign_in(app.test_client(), people.drafter).get(case.url))
    assert words.count("How human rights were considered") == 2
    assert words.count(make.CONSIDERED["human_rights"]) == 2
    assert words.count(make.CONSIDERED["amount_reason"]) == 2
