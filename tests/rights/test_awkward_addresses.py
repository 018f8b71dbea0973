"""What nobody's page links to, typed into the address: every page answers, and none breaks."""

import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

import tracker
from tests.rights import probing, subjects, table
from tests.rights.people import ANONYMOUS, PERSONAS

ASKED = re.compile(r"args\.get(?:list)?\(\s*\"(\w+)\"")
AWKWARD = (str(2**63), "%\x00\ufffe", '"NEAR(', "9999-12-31", "x" * 1_000)


def names() -> set[str]:
    """What the pages read from their addresses, and what their forms of filters do."""
    source = "\n".join(path.read_text() for path in Path(tracker.__file__).parent.rglob("*.py"))
    return set(ASKED.findall(source)) | {"area", "officer", "organisation", "group", "sort", "marking", "due"}


def places(matrix_app, built_world) -> list[tuple[str, str]]:
    """Every address that somebody may open, with who."""
    open_to = {}
    for (endpoint, method, subject), statuses in table.read().items():
        readers = [persona for persona in (*PERSONAS[1:], ANONYMOUS) if statuses[persona] == 200]
        if method == "GET" and readers:
            open_to.setdefault(endpoint, (readers[0], subject))
    return [
        (persona, subjects.addresses(matrix_app, built_world, endpoint)["GET", subject])
        for endpoint, (persona, subject) in open_to.items()
    ]


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: ascii(text)[:20])
def test_no_page_breaks_on_what_its_address_asks(matrix_app, built_world, text):
    asked = names()
    assert {"q", "before", "after", "year", "status"} <= asked
    query = urlencode(dict.fromkeys(sorted(asked), text))
    with matrix_app.app_context(), probing.nothing_kept():
        found = [
            (where, probing.ask(matrix_app, built_world, who, "GET", f"{where}?{query}"))
            for who, where in places(matrix_app, built_world)
        ]
    assert len(found) > 90
    broken = [f"{where}: {answer.error or answer.status}" for where, answer in found if answer.status >= 500]
    assert not broken, "\n".join(broken)
