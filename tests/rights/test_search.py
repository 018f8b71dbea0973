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


def harvested(matrix_app, built_world, persona, address):
    """What came out, without the words looked for: a page may say what it was asked."""
    probing.without_tokens(matrix_app)
    with matrix_app.app_context(), probing.nothing_kept():
        return probing.ask(matrix_app, built_world, persona, "GET", address)


@pytest.mark.parametrize("persona", FOREIGN)
def test_what_may_not_be_read_is_not_found(matrix_app, built_world, persona):
    for kind in KINDS:
        word = f"quokka{kind}"
        if persona in CANARIES[word]:
            continue
        for pattern in LISTS:
            found = harvested(matrix_app, built_world, persona, pattern.format(word))
            nothing = harvested(matrix_app, built_world, persona, pattern.format("nobodysword"))
            assert found.status == nothing.status, pattern
            assert found.plain.replace(word, "WORD") == nothing.plain.replace("nobodysword", "WORD"), (
                f"{persona} finds something with {pattern.format(word)}"
            )


def test_those_whose_matter_it_is_find_it(matrix_app, built_world):
    """The test above would say nothing about a search that never finds."""
    kenya = harvested(matrix_app, built_world, "authority", "/requests?q=quokkastate&status=all")
    office = harvested(matrix_app, built_world, "programme_manager", "/triage/queue?q=quokkastate&status=all")
    for page in (kenya, office):
        assert len(re.findall(r"TA-\d{4}-KEN-\d+", page.body)) > 3


@pytest.mark.parametrize("persona", [who for who in PERSONAS if who not in CANARIES["quokkastate"]])
def test_no_reference_of_a_request_leaves_its_circle(matrix_app, built_world, persona):
    for address in ("/", "/start", "/desk", "/donor", "/donor/needs", "/pledges", "/notifications", "/jobs/"):
        page = harvested(matrix_app, built_world, persona, address)
        assert not {name for name in built_world.references if name in page.body}, address


@pytest.mark.parametrize("persona", ["triage_officer", "finance_officer", "auditor", "programme_manager"])
def test_what_is_strictly_confidential_is_in_no_export(matrix_app, built_world, persona):
    probing.without_tokens(matrix_app)
    with matrix_app.app_context(), probing.nothing_kept():
        sheet = probing.ask(matrix_app, built_world, persona, "POST", "/triage/queue/export", ASKED)
    assert sheet.status == 200
    assert "quokkastate" in sheet.body.lower()
    assert "quokkastrict" not in sheet.body.lower()
    assert "quokkadraft" not in sheet.body.lower()
