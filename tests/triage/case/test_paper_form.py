"""The form for what came on paper."""

import re

from tests.factories import accounts
from tests.factories import assistance as make
from tracker.triage.queue.figures import states_with_accounts


def test_says_what_each_answer_lacks(officer):
    page = officer.post("/triage/paper", kind="technical").text
    for sentence in (
        "Choose the State.",
        "Give the request a title.",
        "Say who issues the note verbale.",
        "Enter the reference of the note verbale.",
        "Enter the date of the note verbale.",
    ):
        assert sentence in page
    assert "Write a few words here." not in page


def test_lists_states_in_the_order_of_the_readers_alphabet(app):
    for code in ("CUB", "CIV", "BTN", "BEN", "NPL", "NOR"):
        accounts.organisation(code, kind="state")
    assert [code for code, _name in states_with_accounts("fr")] == ["BEN", "BTN", "CIV", "CUB", "NPL", "NOR"]


def test_the_queue_counts_one_row_as_one_in_french(people, officer):
    make.submitted(people)
    page = officer.get("/triage/queue?lang=fr").text
    assert re.search(r"1 affichée sur 1\b", page)
