"""Looking for somebody else's words finds nothing: not the row, not a count, not a line of a file."""

import re

import pytest

from tests.rights import probing
from tests.rights.people import CANARIES, PERSONAS

LISTS = (
    "/requests?q={}&status=all",
    "/triage/queue?q={}&status=all",
    "/triage/queue?q={}",
    "/settings/people?q={}",
    "/settings/organisations?q={}",
    "/donor/needs?q={}",
    "/pledges?q={}",
    "/notifications?q={}",
    "/triage/clarifications?q={}",
    "/triage/figures?q={}",
)
ASKED = {"confidential": "y", "reason": "Asked for by the Member States"}
KINDS = ("state", "draft", "strict", "note", "pledge")
FOREIGN = ("anonymous", "foreign_state", "foreign_donor", "administrator", "triage_officer", "finance_officer")


def harvested(ground, peopled, persona, address):
    """What came out, without the words looked for: a page may say what it was asked."""
    probing.without_tokens(ground)
    with ground.app_context(), probing.nothing_kept():
        return probing.ask(ground, peopled, persona, "GET", address)


@pytest.mark.parametrize("persona", FOREIGN)
def test_what_may_not_be_read_is_not_found(ground, peopled, persona):
    for kind in KINDS:
        word = f"quokka{kind}"
        if persona in CANARIES[word]:
            continue
        for pattern in LISTS:
            found = harvested(ground, peopled, persona, pattern.format(word))
            nothing = harvested(ground, peopled, persona, pattern.format("nobodysword"))
            assert found.status == nothing.status, pattern
            assert found.plain.replace(word, "WORD") == nothing.plain.replace("nobodysword", "WORD"), (
                f"{persona} finds something with {pattern.format(word)}"
            )


def test_those_whose_matter_it_is_find_it(ground, peopled):
    """The test above would say nothing about a search that never finds."""
    kenya = harvested(ground, peopled, "authority", "/requests?q=quokkastate&status=all")
    office = harvested(ground, peopled, "programme_manager", "/triage/queue?q=quokkastate&status=all")
    for page in (kenya, office):
        assert len(re.findall(r"TA-\d{4}-KEN-\d+", page.body)) > 3


@pytest.mark.parametrize("persona", [who for who in PERSONAS if who not in CANARIES["quokkastate"]])
def test_no_reference_of_a_request_leaves_its_circle(ground, peopled, persona):
    for address in ("/", "/start", "/desk", "/donor", "/donor/needs", "/pledges", "/notifications", "/jobs/"):
        page = harvested(ground, peopled, persona, address)
        assert not {name for name in peopled.references if name in page.body}, address


@pytest.mark.parametrize("persona", ["triage_officer", "finance_officer", "auditor", "programme_manager"])
def test_what_is_strictly_confidential_is_in_no_export(ground, peopled, persona):
    probing.without_tokens(ground)
    with ground.app_context(), probing.nothing_kept():
        sheet = probing.ask(ground, peopled, persona, "POST", "/triage/queue/export", ASKED)
    assert sheet.status == 200
    assert "quokkastate" in sheet.body.lower()
    assert "quokkastrict" not in sheet.body.lower()
    assert "quokkadraft" not in sheet.body.lower()
